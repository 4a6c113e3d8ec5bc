// A chat page as it was written for the showcase, before this server: it makes up its own `session`, pings without
// `ts`, answers no ping, says `typing: true` once and never takes it back, and keeps one `lastMsgId` whatever server
// it talks to. It knows no `ref`, no `ack` and no close code. Where the server is stands in the URL.
const query = new URLSearchParams(location.search);
const server = query.get('server');
const name = query.get('name');
const pingEvery = Number(query.get('ping') ?? 20_000);

const byId = (id) => document.getElementById(id);
let session = sessionStorage.getItem('session');
if (!session) {
  session = `sess-${Math.random().toString(36).slice(2)}`;
  sessionStorage.setItem('session', session);
}
let lastMsgId = Number(sessionStorage.getItem('lastMsgId') ?? 0);
let room = 'general';
let saidTyping = false;
let socket;

/** What the tests look at. */
window.seen = { opens: 0, pings: 0, pongs: [], errors: [], missed: [], unknown: [] };

function connect() {
  const url = new URL(server.replace('http', 'ws'));
  url.pathname = '/ws/chat';
  url.search = new URLSearchParams({ name, session, lastMsgId }).toString();
  socket = new WebSocket(url);
  socket.onopen = () => {
    window.seen.opens++;
    byId('state').textContent = 'open';
  };
  socket.onmessage = (event) => receive(JSON.parse(event.data));
  socket.onclose = () => {
    byId('state').textContent = 'closed';
    setTimeout(connect, 300);
  };
}

const handlers = {
  connected(frame) {
    byId('me').textContent = frame.name;
    showRooms(frame.rooms);
  },
  resumed(frame) {
    byId('me').textContent = frame.name;
    window.seen.missed.push(frame.missedMessages);
    for (const entries of Object.values(frame.missedMessages)) entries.forEach(show);
  },
  joined(frame) {
    room = frame.room;
    frame.history.forEach(show);
    showUsers(frame.users);
  },
  left: () => {
    room = 'general';
  },
  message: show,
  action: show,
  system: show,
  user_joined: (frame) => frame.room === room && showUsers(frame.users),
  user_left: (frame) => frame.room === room && showUsers(frame.users),
  nick_changed(frame) {
    if (frame.users) showUsers(frame.users);
    else byId('me').textContent = frame.new_name;
  },
  typing(frame) {
    byId('typing').textContent = frame.typing ? `${frame.user} is typing` : '';
  },
  pm: (frame) => show({ ...frame, text: `(private) ${frame.text}` }),
  pm_sent: (frame) => show({ ...frame, from: `to ${frame.to}`, text: `(private) ${frame.text}` }),
  room_list: (frame) => showRooms(frame.rooms.map((each) => each.name)),
  user_list: (frame) => showUsers(frame.users),
  history: (frame) => frame.messages.forEach(show),
  error: (frame) => window.seen.errors.push(frame.message),
  ping: () => {
    window.seen.pings++;
  },
  pong: (frame) => window.seen.pongs.push(frame.ts),
};

function receive(frame) {
  const handle = handlers[frame.type];
  if (handle) handle(frame);
  else window.seen.unknown.push(frame.type);
}

function show({ id, from = '', text }) {
  if (id > lastMsgId) {
    lastMsgId = id;
    sessionStorage.setItem('lastMsgId', id);
  }
  const line = document.createElement('p');
  line.textContent = `${from}: ${text}`;
  byId('log').append(line);
}

function showUsers(users) {
  list(
    'users',
    users.map((each) => each.name),
  );
}

function showRooms(rooms) {
  list('rooms', rooms);
}

function list(id, texts) {
  byId(id).replaceChildren(
    ...texts.map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    }),
  );
}

function send(frame) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

byId('text').oninput = () => {
  if (saidTyping) return;
  saidTyping = true;
  send({ type: 'typing', room, typing: true });
};

byId('form').onsubmit = (event) => {
  event.preventDefault();
  const text = byId('text').value;
  const [, to, words] = text.match(/^@(\S+) (.+)$/) ?? [];
  send(to ? { type: 'pm', to, text: words } : { type: 'message', room, text });
  byId('text').value = '';
};

setInterval(() => send({ type: 'ping' }), pingEvery);

const events = new EventSource(new URL('/events', server));
for (const type of ['user_connected', 'user_disconnected', 'room_created', 'room_deleted', 'stats']) {
  events.addEventListener(type, (event) => {
    const item = document.createElement('li');
    item.textContent = `${type} ${event.data}`;
    byId('events').append(item);
  });
}

async function loadStats() {
  const answers = await Promise.all(
    ['/api/rooms', '/api/stats', '/api/room/general/users', '/api/room/general/history'].map((path) =>
      fetch(new URL(path, server)).then((answer) => answer.json()),
    ),
  );
  window.seen.rest = answers;
}

connect();
loadStats();
