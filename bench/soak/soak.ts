/**
 * `npm run soak -- [--minutes 30]`: an inspector page watches everything while users come, talk and go; prints the
 * memory of server and page once a minute, all garbage collected, and ends with an error if either goes on growing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { CDPSession } from 'playwright-core';
import { launchBrowser } from '../../test/support/browser.ts';
import { median } from '../report/quantiles.ts';
import { freePort } from '../servers/start.ts';
import { Churn } from './churn.ts';

const { values: flags } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const minutes = Number(flags.minutes);
/** What the last third may have on the middle one: the first is for filling what is bounded. */
const GROWTH_MAX = 1.15;
const MiB = 1024 * 1024;

interface Sample {
  server: number;
  page: number;
}

const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const server = startServer();
const browser = await launchBrowser();
// An exit takes both along.
process.once('exit', () => server.kill('SIGKILL'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const page = await browser.newPage();
const churn = new Churn(url);
await churn.untilServed();
await page.goto(`${url}/inspector`);
const devtools = await page.context().newCDPSession(page);
const samples: Sample[] = [];
console.log(
  '| minute | server MiB | page MiB | users that came | lines said | the page is at |\n| --: | --: | --: | --: | --: | --- |',
);
for (let minute = 1; minute <= minutes; minute++) {
  await churn.run(60_000);
  const sample = { server: await serverMemory(), page: await pageMemory(devtools) };
  samples.push(sample);
  const cells = [
    minute,
    sample.server.toFixed(1),
    sample.page.toFixed(1),
    churn.came,
    churn.said,
    await place(),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
await churn.end();
await browser.close();
server.kill('SIGTERM');
await once(server, 'exit');

const third = Math.floor(samples.length / 3);
if (third === 0) console.log('Too short to say whether anything grows');
for (const side of third > 0 ? (['server', 'page'] as const) : []) {
  const of = (part: Sample[]) => median(part.map((sample) => sample[side]));
  const growth = of(samples.slice(-third)) / of(samples.slice(third, 2 * third));
  console.log(`${side}: the last third has ${growth.toFixed(2)}× the memory of the middle one`);
  if (growth > GROWTH_MAX) process.exitCode = 1;
}
process.exit();

/** That the page records, and that what it keeps is bounded. */
async function place(): Promise<string> {
  return (await page.locator('playback-bar .place').textContent()) ?? '';
}

function startServer(): ChildProcess {
  const dist = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const probe = fileURLToPath(new URL('../servers/probe.mjs', import.meta.url));
  return spawn(process.execPath, ['--expose-gc', '--import', probe, dist], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      INSPECT: '1',
      LOG_LEVEL: 'warn',
      PRESENCE_GRACE_MS: '2000',
      RATE_PER_SECOND: '0',
      DATA_DIR: ':memory:',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

async function serverMemory(): Promise<number> {
  const answered = once(server, 'message');
  server.send('memory');
  const [{ answer: memory }] = (await answered) as [{ answer: NodeJS.MemoryUsage }];
  return (memory.heapUsed + memory.external) / MiB;
}

async function pageMemory(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / MiB;
}
