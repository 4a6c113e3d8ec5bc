/**
 * What people write by hand: one room, no rules; a message is parsed, made into text once, and sent to all in
 * a loop. Its frames are byte for byte as long as the server's own.
 */
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.env.PORT),
  path: '/ws/chat',
  perMessageDeflate: false,
});
let id = Date.now() * 1000;

server.on('connection', (ws, request) => {
  const from = new URL(request.url ?? '', 'http://localhost').searchParams.get('name');
  ws.on('message', (body) => {
    const { type, room, text } = JSON.parse(body.toString());
    const frame = JSON.stringify({ type, room, id: ++id, from, text, ts: Date.now() / 1000 });
    for (const client of server.clients) client.send(frame);
  });
});

// A profile is written only by a process that exits in an orderly way.
process.on('SIGTERM', () => process.exit(0));
