import { systemClock } from '../../src/actors/clock.ts';
import { Asker, type Connection } from '../../src/actors/connection.ts';
import { Directory } from '../../src/actors/directory.ts';
import { type Journal, NOTHING_RECOVERED } from '../../src/journal/journal.ts';

/** Commits at once, so that a step is over when `send` returns. */
function journalAtOnce(): Journal {
  let id = 0;
  return {
    append: (_, settled) => settled({ ok: true, stamp: { id: ++id, ts: 0 } }),
    read: async () => [],
    recent: () => [],
    recovered: () => NOTHING_RECOVERED,
    newestId: () => id,
    bytes: () => 0,
    close: async () => {},
  };
}

const connection: Connection = {
  secret: '',
  isClosed: false,
  send() {},
  answer() {},
  close() {},
};

let minted = 0;
const directory = new Directory({
  clock: systemClock,
  journal: journalAtOnce(),
  limits: {
    presenceGraceMs: 30_000,
    typingExpiryMs: 30_000,
    rateBurst: 20,
    ratePerSecond: 0,
    maxSessions: 1_000,
    maxRooms: 1_000,
    maxRoomsPerUser: 100,
  },
  secrets: {
    mint: () => `secret${++minted}`,
    mintId: () => `u${++minted}`,
    digest: (secret) => secret,
    areEqual: (a, b) => a === b,
  },
  random: Math.random,
  gauges: () => ({ uptime: 0, connections: 0, memory_bytes: 0, data_bytes: 0 }),
  crashed: ({ error }) => {
    throw error;
  },
});

function enter(name: string) {
  const admission = directory.admit({ name, secret: undefined, cursor: 0 }, () => connection);
  if (!admission) throw new Error('not let in');
  return admission.session;
}

const ann = enter('Ann');
enter('Ben');
const asker = new Asker(connection);
const asked = { room: 'general', asker };
let isTyping = false;

/** From the event for a session to the frames for its room's outboxes: session, room and statistics. */
export const machines = {
  'machines: message': () => ann.send({ type: 'message.post', text: 'hello', ...asked }),
  'machines: typing': () => {
    isTyping = !isTyping;
    ann.send({ type: 'typing.set', typing: isTyping, ...asked });
  },
  'machines: private message': () => ann.send({ type: 'private.send', to: 'Ben', text: 'hello', asker }),
  'machines: join and leave': () => {
    ann.send({ type: 'room.join', room: 'random', asker });
    ann.send({ type: 'room.leave', room: 'random', asker });
  },
  'machines: a session begins and ends': () => enter('Cal').send({ type: 'session.quit', asker }),
};
