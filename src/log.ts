import pino from 'pino';
import pretty from 'pino-pretty';

/**
 * Makes the log: JSON lines, or coloured text when standard output is a terminal.
 * Both write synchronously, so that the last line before an exit is never lost.
 * @param stream where the lines go instead of standard output; always JSON then
 */
export function createLogger(level: string, stream?: pino.DestinationStream): pino.Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      // The callers log neither; this catches a careless one.
      redact: PRIVATE.flatMap((key) => [key, `*.${key}`]),
    },
    stream ?? standardOutput(),
  );
}

const PRIVATE = ['session_id', 'secret', 'text', 'cookie', 'authorization'];

function standardOutput(): pino.DestinationStream {
  if (!process.stdout.isTTY) return pino.destination({ fd: 1, sync: true });
  return pretty({ sync: true, colorize: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' });
}
