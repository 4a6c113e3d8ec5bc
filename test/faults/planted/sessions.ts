import type { Planted } from '../fault.ts';

const test = 'test/contract/regressions.test.ts';

/** What went wrong with who somebody is: secrets, tabs, coming back. */
export const ofSessions: Planted[] = [
  {
    test,
    name: 'session secrets visible in user lists',
    faults: [
      {
        what: 'the public id is the secret',
        file: 'src/actors/sessions.ts',
        find: 'id: this.#secrets.mintId(), digest',
        put: 'id: secret, digest',
      },
    ],
  },
  {
    test,
    name: 'a client choosing its own secret',
    faults: [
      {
        what: 'an unknown secret is taken for a new session',
        file: 'src/actors/sessions.ts',
        find: 'const secret = this.#secrets.mint();',
        put: 'const secret = former ?? this.#secrets.mint();',
      },
      {
        what: 'a client is told the secret that it came with',
        file: 'src/actors/directory.ts',
        find: 'connection: connect(seat.secret), cursor',
        put: 'connection: connect(secret ?? seat.secret), cursor',
      },
    ],
  },
  {
    test,
    name: 'a second tab turning the first one deaf',
    faults: [
      {
        what: 'a new connection takes the place of the others',
        file: 'src/actors/outbox.ts',
        find: '[...this.#connections, connection]',
        put: '[connection]',
      },
      {
        what: 'only the newest connection is sent to',
        file: 'src/actors/outbox.ts',
        find: 'for (const connection of this.#connections) connection.send(frame);',
        put: 'this.#connections.at(-1)?.send(frame);',
      },
      {
        what: 'coming back closes what is open',
        file: 'src/actors/session/greetings.ts',
        find: 'record.outbox.add(connection);\n  // The server',
        put: "for (const each of record.outbox.drain()) each.close('endedElsewhere');\n  record.outbox.add(connection);\n  // The server",
      },
    ],
  },
  {
    test,
    name: 'the closing of a second tab marking a live user offline',
    faults: [
      {
        what: 'any connection that closes is the last',
        file: 'src/actors/session/machine.ts',
        find: "guard: { type: 'isLastConnection', params: ({ event }) => event },",
        put: 'guard: () => true,',
      },
      {
        what: 'all connections are forgotten with one',
        file: 'src/actors/session/setup.ts',
        find: 'context.record.outbox.delete(connection),',
        put: 'connection.isClosed && context.record.outbox.drain(),',
      },
      {
        what: 'the wrong connections are kept',
        file: 'src/actors/outbox.ts',
        find: 'filter((each) => each !== connection)',
        put: 'filter((each) => each === connection)',
      },
    ],
  },
  {
    test,
    name: 'an entry lost on resume because a later one of another room came first',
    faults: [
      {
        what: 'entries are published when each store is done, in no order',
        file: 'src/journal/memory.ts',
        find: 'settled({ ok: true, stamp });',
        put: 'setTimeout(() => settled({ ok: true, stamp }), Math.random() * 5);',
      },
      {
        what: 'the cursor is looked up in each room, as if it were of that room',
        file: 'src/actors/room/history.ts',
        find: 'return this.#entries.filter((entry) => entry.id > id);',
        put: 'return this.#entries.slice(this.#entries.findIndex((entry) => entry.id === id) + 1);',
      },
      {
        what: 'what comes between the answer and the listening is missed',
        file: 'src/actors/session/greetings.ts',
        find: 'record.outbox.add(connection);\n  // The server',
        put: 'setTimeout(() => record.outbox.add(connection), 5);\n  // The server',
      },
    ],
  },
  {
    test,
    name: 'a resume so large that it kills itself again and again',
    faults: [
      {
        what: 'there is no limit',
        file: 'src/actors/session/greetings.ts',
        find: 'if (bytes < 0) {',
        put: 'if (Number.isNaN(bytes)) {',
      },
      {
        what: 'characters are counted for bytes',
        file: 'src/actors/session/greetings.ts',
        find: 'bytes -= utf8Bytes(JSON.stringify(entry)) + 1;',
        put: 'bytes -= JSON.stringify(entry).length + 1;',
      },
      {
        what: 'each room has the whole limit',
        file: 'src/actors/session/greetings.ts',
        find: 'bytes -= utf8Bytes(JSON.stringify(entry)) + 1;\n    if (bytes < 0) {',
        put: 'const inRoom = utf8Bytes(JSON.stringify(missed.get(room)));\n    if (inRoom > bytes) {',
      },
      {
        what: 'the client is not told that something is left out',
        file: 'src/actors/session/greetings.ts',
        find: 'frame.recovered = false;\n      break;',
        put: 'break;',
      },
    ],
  },
];
