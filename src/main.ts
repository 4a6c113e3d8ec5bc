import { constants } from 'node:os';
import type { Logger } from 'pino';
import { type Config, ConfigError, helpText, readConfig } from './config.ts';
import { StorageFault } from './journal/durable/fault.ts';
import { createLogger } from './log.ts';
import { createServer, type Server } from './server.ts';

/** Milliseconds. */
const CLOSE_DEADLINE = 4_500;
const CLOSE_DEADLINE_AFTER_CRASH = 1_000;
/** A signal to npm's process group arrives twice, from the terminal and passed on by npm: that is one wish. */
const SAME_SIGNAL = 1_000;

main();

async function main(): Promise<void> {
  const config = settingsOrExit();
  const log = createLogger(config.LOG_LEVEL);
  const server = createdOrExit(config, log);
  let stoppedAt: number | undefined;
  let crashed = false;

  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  process.on('uncaughtException', (error) => crash(error, 'uncaught exception'));
  process.on('unhandledRejection', (reason) => crash(reason, 'unhandled rejection'));

  try {
    const { url } = await server.listen();
    log.info({ url }, `listening on ${url}`);
  } catch (error) {
    // A stop while still starting ends by itself.
    if (stoppedAt === undefined) fail(whyNotListening(error as NodeJS.ErrnoException, config));
  }

  function stop(signal: 'SIGTERM' | 'SIGINT'): void {
    if (stoppedAt === undefined) {
      stoppedAt = performance.now();
      log.info({ signal }, 'stopping');
      close(CLOSE_DEADLINE, 0);
    } else if (performance.now() - stoppedAt > SAME_SIGNAL) {
      log.warn({ signal }, 'stopping at once');
      process.exit(128 + constants.signals[signal]);
    }
  }

  function crash(error: unknown, what: string): void {
    if (crashed) return;
    crashed = true;
    log.fatal({ err: error }, what);
    close(CLOSE_DEADLINE_AFTER_CRASH, 1);
  }

  /** @param within milliseconds after which the process ends, closed or not */
  function close(within: number, exitCode: number): void {
    setTimeout(() => {
      log.error(`could not close within ${within} ms`);
      process.exit(1);
    }, within);
    server.close().then(
      () => {
        log.info('stopped');
        process.exit(exitCode);
      },
      (error: unknown) => {
        log.error({ err: error }, 'could not close');
        process.exit(1);
      },
    );
  }
}

function settingsOrExit(): Config {
  try {
    const config = readConfig(process.argv.slice(2), process.env);
    if (config !== 'help') return config;
    process.stdout.write(helpText());
    process.exit(0);
  } catch (error) {
    if (error instanceof ConfigError) fail(error.message);
    throw error;
  }
}

function createdOrExit(config: Config, logger: Logger): Server {
  try {
    return createServer(config, { logger });
  } catch (error) {
    if (error instanceof StorageFault) fail(error.message);
    throw error;
  }
}

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

function whyNotListening({ code, message }: NodeJS.ErrnoException, { PORT, HOST }: Config): string {
  if (code === 'EADDRINUSE') return `Port ${PORT} on ${HOST} is in use`;
  if (code === 'EACCES') return `Port ${PORT} on ${HOST} needs more rights than this user has`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST ${HOST} is not an address of this machine`;
  return `Could not listen on port ${PORT} of ${HOST}: ${message}`;
}
