import type { Planted } from '../fault.ts';

/** Faults of which each took a test of its own to be found. */
export const found: Planted[] = [
  {
    test: 'test/contract/crowds.test.ts',
    name: 'whoever was shown somebody who has gone again is told, and nobody else',
    faults: [
      {
        what: 'one who comes into a large room is not known to have seen who is there',
        file: 'src/actors/room/broadcasts.ts',
        find: '    room.changes.look(member.id);\n',
        put: '',
      },
      {
        what: 'one who asks who is in a large room is not known to have seen it',
        file: 'src/actors/session/queries.ts',
        find: "  directory.room(room)?.send({ type: 'member.look', userId: record.id });\n",
        put: '',
      },
      {
        what: 'all are told what only some have seen',
        file: 'src/actors/room/presence-changes.ts',
        find: 'all: saysSomething(all) ? all : undefined,',
        put: 'all: both(all, more),',
      },
    ],
  },
  {
    test: 'test/transport/wire.test.ts',
    name: 'a frame',
    faults: [
      {
        what: 'a frame of 126 bytes has the header of smaller ones',
        file: 'src/transport/wire.ts',
        find: 'length < 126 ? 2',
        put: 'length <= 126 ? 2',
      },
    ],
  },
  {
    test: 'test/transport/fan-out.test.ts',
    name: 'is not mistaken for another of the same tick that begins alike',
    faults: [
      {
        what: 'bursts that are as long and begin alike are taken for the same',
        file: 'src/transport/writer.ts',
        find: 'queue.every((wire, i) => wire === lastQueue[i])',
        put: 'queue[0] === lastQueue[0]',
      },
    ],
  },
  {
    test: 'test/contract/slow-or-silent.test.ts',
    name: 'is looked for in who comes when all had gone, and in nobody when all are gone',
    faults: [
      {
        what: 'who comes after all had gone is never pinged',
        file: 'src/transport/heartbeat.ts',
        find: 'setTimeout(() => this.#tick(), TICK_MS) : undefined;',
        put: 'setTimeout(() => this.#tick(), TICK_MS) : this.#timer;',
      },
      {
        what: 'connections that have gone are still pinged',
        file: 'src/transport/websocket.ts',
        find: 'this.#heartbeat.unwatch(connection);\n',
        put: '',
      },
    ],
  },
  {
    test: 'test/transport/admission.test.ts',
    name: 'are still counted when ten thousand others have come and gone for minutes',
    faults: [
      {
        what: 'addresses are forgotten while they have something open',
        file: 'src/transport/admission.ts',
        find: 'if (open === 0 && now - filledAt >= MINUTE_MS)',
        put: 'if (now - filledAt >= MINUTE_MS)',
      },
    ],
  },
  {
    test: 'test/contract/upgrade.test.ts',
    name: 'lets in the pages that ALLOWED_ORIGINS names',
    faults: [
      {
        what: 'origins are allowed by how they begin',
        file: 'src/origin.ts',
        find: 'ALLOWED_ORIGINS.includes(new URL(origin).origin)',
        put: 'ALLOWED_ORIGINS.some((each) => origin.startsWith(each))',
      },
    ],
  },
  {
    test: 'test/inspect/access.test.ts',
    name: 'the inspector',
    faults: [
      {
        what: 'what a proxy passes on under X-Real-IP alone counts as from here',
        file: 'src/inspection-access.ts',
        find: "'x-real-ip', ",
        put: '',
      },
    ],
  },
  {
    test: 'test/inspect/leaving.test.ts',
    name: 'a feed that nobody watches any more is as one that nobody ever watched',
    faults: [
      {
        what: 'actors stay attached when the last viewer has gone',
        file: 'src/inspect/feed.ts',
        find: 'for (const subject of this.#subjects.values()) subject.hide(viewer);\n',
        put: '',
      },
      {
        what: 'timers go on when the last viewer has gone',
        file: 'src/inspect/feed.ts',
        find: 'for (const timer of this.#timers) clearInterval(timer);\n',
        put: '',
      },
    ],
  },
  {
    test: 'test/operation/ending.test.ts',
    name: 'while a server ends',
    faults: [
      {
        what: 'connections are taken while it ends',
        file: 'src/transport/websocket.ts',
        find: 'this.#isClosing = true;\n',
        put: '',
      },
      {
        what: 'it says that it is ready while it ends',
        file: 'src/server.ts',
        find: "health = 'draining';\n",
        put: '',
      },
      {
        what: 'the journal is closed before the connections',
        file: 'src/server.ts',
        find: 'await websockets.close();\n    await journal.close();',
        put: 'await journal.close();\n    await websockets.close();',
      },
      {
        what: 'the actors are left running',
        file: 'src/server.ts',
        find: 'directory.stop();\n',
        put: '',
      },
      {
        what: 'a second wish to end begins anew',
        file: 'src/server.ts',
        find: 'closing ??= shutDown();',
        put: 'closing = shutDown();',
      },
    ],
  },
  {
    test: 'test/operation/stop.test.ts',
    name: 'a server that cannot close',
    faults: [
      {
        what: 'nothing ends a process that cannot close',
        file: 'src/main.ts',
        find: 'process.exit(1);\n    }, within);',
        put: '}, within);',
      },
    ],
  },
  {
    test: 'test/http/failure.test.ts',
    name: 'a bug in the middle of an answer cuts it off, so that nobody takes it for a whole one',
    faults: [
      {
        what: 'half an answer is left hanging',
        file: 'src/http/guard.ts',
        find: 'if (res.headersSent) return void res.destroy();',
        put: 'if (res.headersSent) return;',
      },
    ],
  },
  {
    test: 'test/http/cors.test.ts',
    name: 'pages of other sites',
    faults: [
      {
        what: 'caches are not told that an answer is for one site',
        file: 'src/http/cors.ts',
        find: "res.setHeader('Vary', 'Origin');\n",
        put: '',
      },
    ],
  },
  {
    test: 'test/log.test.ts',
    name: 'shows nothing that is private, whoever logs it by mistake',
    faults: [
      {
        what: 'the text of messages is hidden from nobody who reads the log',
        file: 'src/log.ts',
        find: "'secret', 'text', ",
        put: "'secret', ",
      },
    ],
  },
  {
    test: 'test/page/outbox.test.ts',
    name: 'what is written',
    faults: [
      {
        what: 'the outbox sends two at a time',
        file: 'public/outbox/outbox.js',
        find: 'if (this.#isSending) return;\n',
        put: '',
      },
      {
        what: 'a post that is tried again is taken for the old one',
        file: 'public/outbox/outbox.js',
        find: 'const { reason: _, attemptedAt: __, ...rest } = post;',
        put: 'const { reason: _, ...rest } = post;',
      },
    ],
  },
  {
    test: 'test/page/kept-posts.test.ts',
    name: 'forgets after a week what nobody came back for, and nothing before',
    faults: [
      {
        what: 'what was written of late is forgotten, and the rest is kept',
        file: 'public/outbox/kept-posts.js',
        find: 'if (Date.now() - at > FORGOTTEN_AFTER)',
        put: 'if (Date.now() - at < FORGOTTEN_AFTER)',
      },
    ],
  },
];
