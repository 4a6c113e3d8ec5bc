/** The same with Socket.IO and its rooms, over WebSocket alone: as its documentation would have one write it. */
import { Server } from 'socket.io';

const io = new Server(Number(process.env.PORT), {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
});
const byName = new Map();
let id = Date.now() * 1000;

io.on('connection', (socket) => {
  const from = socket.handshake.query.name;
  const stamp = () => ({ id: ++id, ts: Date.now() / 1000 });
  byName.set(from, socket.id);
  socket.data.name = from;
  socket.join('general');
  if (process.env.TELLING) tellOfComing(socket, from);
  socket.on('message', ({ room, text }) => io.to(room).emit('message', { room, from, text, ...stamp() }));
  socket.on('typing', ({ room, typing }) => socket.to(room).emit('typing', { room, user: from, typing }));
  socket.on('pm', ({ to, text }) => {
    const stamped = { text, ...stamp() };
    socket.emit('pm_sent', { to, ...stamped });
    io.to(byName.get(to)).emit('pm', { from, ...stamped });
  });
  socket.on('join', ({ room }) => {
    socket.join(room);
    const users = usersOf(room);
    socket.emit('joined', { room, history: [], users, count: users.length });
    socket.to(room).emit('user_joined', { room, user: from, users, count: users.length });
  });
  socket.on('leave', ({ room }) => {
    socket.leave(room);
    const users = usersOf(room);
    socket.emit('left', { room });
    io.to(room).emit('user_left', { room, user: from, users, count: users.length });
  });
  socket.on('disconnect', () => byName.delete(from));
});

/** The list has at most a hundred, and the others are told the name alone. */
function tellOfComing(socket, user) {
  const room = 'general';
  const count = io.sockets.adapter.rooms.get(room).size;
  socket.emit('joined', { room, history: [], users: usersOf(room, 100), count });
  socket.to(room).emit('user_joined', { room, user, count });
}

function usersOf(room, most = Number.POSITIVE_INFINITY) {
  const members = [...(io.sockets.adapter.rooms.get(room) ?? [])].slice(0, most);
  return members.map((member) => {
    const { name } = io.sockets.sockets.get(member).data;
    return { id: `u000000000000000000${name.slice(-1)}`, name, typing: false, status: 'online' };
  });
}

process.on('SIGTERM', () => process.exit(0));
