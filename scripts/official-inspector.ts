/**
 * `npm run inspect:official -- [--server ws://…/ws/inspect] [--port 8080] [--url …]`: opens the official web inspector,
 * a page on the internet, on a running server. It does what the relay in `@statelyai/inspect/server` does, but for
 * this machine alone, and gives each page that comes every living actor, where that relay keeps 200 messages.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocket, WebSocketServer } from 'ws';
import { bridgePage } from './inspector/bridge-page.ts';

const { values: flags } = parseArgs({
  options: {
    server: { type: 'string', default: 'ws://127.0.0.1:5000/ws/inspect' },
    port: { type: 'string', default: '8080' },
    url: { type: 'string', default: 'https://stately.ai/inspect' },
  },
});

const http = createServer((_request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(bridgePage(flags.url));
});
const pages = new WebSocketServer({
  server: http,
  // Nobody's page but ours, under no name but this machine's: the feed is not for others.
  verifyClient: ({ origin, req }: { origin: string; req: { headers: { host?: string } } }) =>
    ['localhost', '127.0.0.1'].some((name) => req.headers.host === `${name}:${flags.port}`) &&
    origin === `http://${req.headers.host}`,
});
pages.on('connection', passOn);
http.listen(Number(flags.port), '127.0.0.1', () => console.log(`Open http://localhost:${flags.port}`));

function passOn(page: WebSocket): void {
  const feed = new WebSocket(flags.server);
  feed.on('message', (frame) => page.send(frame.toString()));
  feed.on('error', ({ message }) => console.error(`${flags.server.split('?')[0]}: ${message}`));
  feed.on('close', () => page.close());
  page.on('error', () => page.terminate());
  page.on('close', () => feed.terminate());
}
