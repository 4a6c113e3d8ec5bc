import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Chromium with nothing but what tests need of it: a page costs less than half. */
const SHELL = 'chromium-headless-shell';

/** Names under which systems install it, the best first. */
const NAMES = [
  SHELL,
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];
const FOLDERS = [
  ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  '/usr/bin',
  '/snap/bin',
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];
const MAC_NAMES = ['Google Chrome', 'Chromium'];

/** Milliseconds; a slow mirror is slow. */
const INSTALL_TIMEOUT = 10 * 60_000;
/** Milliseconds; where another Chromium will do, the tests don't wait longer than it can save. */
const SHELL_TIMEOUT = 90_000;

/**
 * Finds a Chromium, or installs one where that is the custom: as root on a Debian-like system. There it installs
 * the headless shell beside a whole Chromium too, unless CHROMIUM_PATH says which to take.
 * @returns the path of the program
 * @throws Error in one line that says what to do
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found && (process.env.CHROMIUM_PATH || found.endsWith(SHELL))) return found;
  if (isRoot() && (await isExecutable('/usr/bin/apt-get'))) {
    const failure = await install(
      found ? [SHELL] : [SHELL, 'chromium'],
      found ? SHELL_TIMEOUT : INSTALL_TIMEOUT,
    );
    const installed = await findChromium();
    if (installed) return installed;
    throw new Error(`The browser tests need Chromium, and apt-get could not install it: ${failure}`);
  }
  if (found) return found;
  throw new Error('The browser tests need Chromium: install it, or set CHROMIUM_PATH to its program');
}

/** @throws Error when CHROMIUM_PATH is set and wrong: whoever set it wants that one */
export async function findChromium(): Promise<string | undefined> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (await isExecutable(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is not a program: ${chosen}`);
  }
  for (const name of [...NAMES, ...MAC_NAMES]) {
    for (const folder of FOLDERS) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Installs the first of the packages that there is.
 * @param timeout in milliseconds, for each step
 * @returns why none could be installed
 */
async function install(packages: string[], timeout: number): Promise<string | undefined> {
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout };
  // Without a font there would be no letters to see, and none comes with it.
  const steps = [['update'], ...packages.map((name) => ['install', '-y', name, 'fonts-liberation'])];
  let failure: string | undefined;
  for (const step of steps) {
    try {
      await run('apt-get', step, options);
      if (step[0] === 'install') return undefined;
    } catch (error) {
      failure = (error as Error).message.trim().split('\n').at(-1);
    }
  }
  return failure;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
