// Makes messages for a sequence diagram that stands by itself. The test drives it by `window.fixture`.

const START = new Date(2026, 10, 26, 12, 3, 4, 120).getTime();

const element = document.querySelector('event-sequence');
let messages = [];
let view = { isFollowing: true };
let nextId = 1;
const announced = [];
for (const type of ['message-chosen', 'actor-chosen']) {
  document.addEventListener(type, ({ detail }) => announced.push([type, detail.id]));
}

/** A lane from its name: `room:general`. */
function lane(name) {
  const [kind, rest = kind] = name.split(/:(.*)/s);
  return { id: name, name: rest, kind };
}

/** @param {string} line `session:Ann > room:general message.post` @param {object} [more] */
function message(line, more = {}) {
  const [, from, to, type] = line.match(/^(.+) > (.+) (\S+)$/);
  const id = nextId++;
  const isHeartbeat = /^(ping|pong)$/.test(type);
  return {
    id,
    at: START + id * 37,
    from: lane(from),
    to: lane(to),
    type,
    payload: { type },
    isHeartbeat,
    ...more,
  };
}

function show() {
  element.showMessages(messages, view);
}

window.fixture = {
  announced,
  add(...lines) {
    for (const line of lines) messages.push(message(...[line].flat()));
    show();
  },
  /** So many between so many sessions and rooms. */
  addMany(count, { sessions = 6, rooms = 3 } = {}) {
    for (let i = 0; i < count; i++) {
      const session = `session:User ${i % sessions}`;
      const room = `room:room-${(i * 7) % rooms}`;
      const lines = [
        `client:User ${i % sessions} > ${session} message.post`,
        `${session} > ${room} message.post`,
        `journal > ${room} entry.committed`,
        `${room} > stats message.posted`,
        `${session} > ${session} ping`,
      ];
      const stayed = { change: { from: 'occupied', to: 'occupied' }, payload: { text: `message ${nextId}` } };
      messages.push(message(lines[i % lines.length], stayed));
    }
    show();
  },
  /** One that gets to know what became of its receiver. */
  settle(id, change) {
    messages = messages.map((each) => (each.id === id ? { ...each, change } : each));
    show();
  },
  drop(count) {
    messages = messages.slice(count);
    show();
  },
  clear() {
    messages = [];
    show();
  },
  look(next) {
    view = next;
    show();
  },
};

document.documentElement.dataset.ready = '';
