/** `npm run data -- check|export|import|compact|backup`: what an operator does with a data directory. */
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { settings } from './config.ts';
import { checkDirectory } from './journal/durable/check.ts';
import { StorageFault } from './journal/durable/fault.ts';
import { exportDirectory, importDirectory } from './journal/durable/transfer.ts';
import { backUpDirectory, compactDirectory } from './journal/durable/upkeep.ts';

const USAGE = `Usage: npm run data -- <what> [--data-dir <directory>]

  check              reads everything and says what is damaged; also while a server runs
  export [file]      writes everything as JSON lines; also while a server runs; without a file to
                     standard output, where npm says something of its own unless it is told --silent
  import [file]      makes a new directory of an export
  compact            gives back the space of what was deleted; no server may run
  backup <directory> makes another directory of what is there; also while a server runs
`;

const acts: Record<string, (directory: string, other: string | undefined) => void | Promise<void>> = {
  check(directory) {
    const { rooms, entries, sessions, newestId, damages } = checkDirectory(directory);
    for (const damage of damages) say(damage);
    if (damages.length > 0) process.exitCode = 1;
    const verdict = damages.length === 0 ? 'all is well' : 'damaged';
    say(`${verdict}: ${rooms} rooms, ${entries} entries, ${sessions} sessions, up to ${newestId}`);
  },
  export(directory, file) {
    if (file === undefined) {
      exportDirectory(directory, (line) => void process.stdout.write(line));
      return;
    }
    const fd = openSync(file, 'wx');
    const rows = exportDirectory(directory, (line) => void writeSync(fd, line));
    closeSync(fd);
    say(`${rows} rows written to ${file}`);
  },
  async import(directory, file) {
    // Before anything is made: it may not be there.
    const fd = file === undefined ? undefined : openSync(file, 'r');
    const input = fd === undefined ? process.stdin : createReadStream('', { fd });
    const rows = await importDirectory(
      directory,
      createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }),
    );
    say(`${rows} rows read into ${directory}`);
  },
  compact(directory) {
    const { before, after } = compactDirectory(directory);
    say(`${before} bytes before, ${after} after`);
  },
  backup(directory, target) {
    if (target === undefined) fail(USAGE);
    say(`${backUpDirectory(directory, resolve(target))} bytes written to ${target}`);
  },
};

// Whoever reads has seen enough, as `head` has.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

try {
  const { values, positionals } = parseArgs({
    options: { 'data-dir': { type: 'string' } },
    allowPositionals: true,
  });
  const act = acts[positionals[0] ?? ''];
  if (!act || positionals.length > 2) fail(USAGE);
  await act(
    resolve(values['data-dir'] ?? (process.env.DATA_DIR || settings.DATA_DIR.fallback)),
    positionals[1],
  );
} catch (error) {
  const isKnown = error instanceof StorageFault || (error as { code?: string }).code !== undefined;
  if (!isKnown) throw error;
  fail(`${(error as Error).message}\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function fail(words: string): never {
  process.stderr.write(words);
  process.exit(1);
}
