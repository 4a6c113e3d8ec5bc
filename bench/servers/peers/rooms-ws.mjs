/**
 * The same by hand with rooms: a Map of Sets of sockets. Everybody is in `general`; joins and leaves are told with
 * who is there, as the server itself does in small rooms. Nothing is kept or checked.
 */
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: Number(process.env.PORT),
  path: '/ws/chat',
  perMessageDeflate: false,
});
const rooms = new Map();
const byName = new Map();
let id = Date.now() * 1000;

server.on('connection', (ws, request) => {
  ws.name = new URL(request.url ?? '', 'http://localhost').searchParams.get('name');
  ws.rooms = new Set();
  byName.set(ws.name, ws);
  enter(ws, 'general');
  ws.on('message', (body) => receive(ws, JSON.parse(body.toString())));
  ws.on('close', () => {
    byName.delete(ws.name);
    for (const room of ws.rooms) exit(ws, room);
  });
});

function receive(ws, { type, room, text, to, typing }) {
  const from = ws.name;
  const stamp = () => ({ id: ++id, ts: Date.now() / 1000 });
  if (type === 'message') tell(room, { type, room, from, text, ...stamp() });
  if (type === 'typing') tell(room, { type, room, user: from, typing }, ws);
  if (type === 'pm') {
    const stamped = { text, ...stamp() };
    ws.send(JSON.stringify({ type: 'pm_sent', to, ...stamped }));
    byName.get(to)?.send(JSON.stringify({ type: 'pm', from, ...stamped }));
  }
  if (type === 'join') {
    enter(ws, room);
    const users = usersOf(room);
    ws.send(JSON.stringify({ type: 'joined', room, history: [], users, count: users.length }));
    tell(room, { type: 'user_joined', room, user: from, users, count: users.length }, ws);
  }
  if (type === 'leave') {
    exit(ws, room);
    const users = usersOf(room);
    ws.send(JSON.stringify({ type: 'left', room }));
    tell(room, { type: 'user_left', room, user: from, users, count: users.length });
  }
}

function tell(room, message, except) {
  const frame = JSON.stringify(message);
  for (const member of rooms.get(room) ?? []) if (member !== except) member.send(frame);
}

function usersOf(room) {
  return Array.from(rooms.get(room) ?? [], ({ name }) => ({
    id: `u000000000000000000${name.slice(-1)}`,
    name,
    typing: false,
    status: 'online',
  }));
}

function enter(ws, room) {
  if (!rooms.has(room)) rooms.set(room, new Set());
  rooms.get(room).add(ws);
  ws.rooms.add(room);
}

function exit(ws, room) {
  const members = rooms.get(room);
  members?.delete(ws);
  if (members?.size === 0) rooms.delete(room);
  ws.rooms.delete(room);
}

process.on('SIGTERM', () => process.exit(0));
