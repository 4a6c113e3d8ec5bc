import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import WebSocket from 'ws';
import { useBrowser } from '../support/browser.ts';
import { startServer, type TestServer } from '../support/server.ts';

// `npm run inspect:official`. The official page itself is on the internet; in its place stands one that does what
// `createBrowserReceiver` of the official package does.

const browser = useBrowser();

const STAND_IN = `<!doctype html><title>Stand-in</title><ul></ul><script>
  addEventListener('message', ({ data }) => {
    if (typeof data?._version !== 'string' || data.type !== '@xstate.actor') return;
    document.querySelector('ul').append(Object.assign(document.createElement('li'), { textContent: data.name }));
  });
  parent.postMessage({ type: '@statelyai.connected' }, '*');
</script>`;

test('gives the official inspector every living actor, also when its page comes late', async () => {
  const server = await startServer({ INSPECT: true });
  await server.users('Ann', 'Bob');
  const port = await run(server, await serveStandIn());
  for (let i = 0; i < 2; i++) {
    const { page } = await browser.open(`http://localhost:${port}`);
    const names = page.frameLocator('iframe').getByRole('listitem');
    await expect
      .poll(async () => (await names.allTextContents()).sort())
      .toEqual(['room:general', 'room:help', 'room:random', 'session:Ann', 'session:Bob', 'stats']);
  }
});

test('gives nothing to a page of another site, nor under a name that was made to lead here', async () => {
  const server = await startServer({ INSPECT: true });
  const port = await run(server, 'https://stately.ai/inspect');
  const refused = [
    { origin: 'https://evil.example' },
    { headers: { Host: 'evil.example', Origin: 'http://evil.example' } },
    {},
  ];
  for (const options of refused) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, options);
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('401');
  }
});

async function serveStandIn(): Promise<string> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(STAND_IN);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void site.close());
  await once(site, 'listening');
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}/inspect`;
}

/** @returns the port of the bridge's page */
async function run(server: TestServer, url: string): Promise<number> {
  const feed = `${server.url.replace('http', 'ws')}/ws/inspect`;
  const port = await freePort();
  const args = ['--import', 'tsx', 'scripts/official-inspector.ts', '--server', feed, '--url', url];
  const script = spawn(process.execPath, [...args, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    const gone = once(script, 'exit');
    script.kill();
    await gone;
  });
  await once(script.stdout, 'data');
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
