import type { Planted } from '../fault.ts';

const test = 'test/contract/regressions.test.ts';
const name = 'script injected through a message or a name';

/** What went wrong on the way to those who read: too much, too slow, never, or as a script. */
export const forReaders: Planted[] = [
  {
    test,
    name: 'a big history that kills who asks for it',
    faults: [
      {
        what: 'who asks for more before reading is closed',
        file: 'src/transport/connection.ts',
        find: 'if (this.#held?.isEmpty === false || this.#writer.isCongested)',
        put: "if (this.#writer.isCongested) this.close('slowReader');\n    if (this.#held?.isEmpty === false)",
      },
      {
        what: 'frames above 64 KiB have the header of smaller ones',
        file: 'src/transport/wire.ts',
        find: 'length < 126 ? 2 : length < 65_536 ? 4 : 10;',
        put: 'length < 126 ? 2 : 4;',
      },
      {
        what: 'who has waited for room in the queue is not gone on with',
        file: 'src/transport/held-frames.ts',
        find: "socket.on('drain', () => this.#release());",
        put: "ws.on('drain', () => this.#release());",
      },
    ],
  },
  {
    test,
    name: 'one stalled client freezing others',
    faults: [
      {
        what: 'the queue has no limit',
        file: 'src/transport/writer.ts',
        find: 'return waiting > 0 && waiting + length > this.#maxBytes + this.#freeBytes;',
        put: 'return waiting > 0 && length > this.#maxBytes + this.#freeBytes;',
      },
      {
        what: 'a full queue is an exception, in the room that sends',
        file: 'src/transport/connection.ts',
        find: "if (!this.#writer.push(toWire(frame), tailToWire(frame))) this.close('slowReader');",
        put: "if (!this.#writer.push(toWire(frame))) throw new Error('the queue is full');",
      },
      {
        what: 'what does not fit is left out, and nobody is closed',
        file: 'src/transport/connection.ts',
        find: "if (!this.#writer.push(toWire(frame), tailToWire(frame))) this.close('slowReader');",
        put: 'this.#writer.push(toWire(frame));',
      },
      {
        what: 'the room ends at the first who cannot take more',
        file: 'src/actors/room/broadcasts.ts',
        find: 'for (const member of roster) if (member !== except) member.outbox.send(frame);',
        put: 'for (const member of roster) {\n    if (member === except || !member.outbox.isOpen) return;\n    member.outbox.send(frame);\n  }',
      },
    ],
  },
  {
    test,
    name: 'SSE that only catches up and never pushes',
    faults: [
      {
        what: 'who subscribes is given what is kept, and not waited for',
        file: 'src/actors/stats/record.ts',
        find: 'if (this.subscribers.size > 0) this.#gathered += formatEvent(event, id);',
        put: "if (this.subscribers.size > 0) this.#gathered = formatEvent(event, id);\n    this.#gathered = '';",
      },
      {
        what: 'events are kept for who comes back alone',
        file: 'src/actors/stats/record.ts',
        find: 'this.#gather(event, id);',
        put: '',
      },
      {
        what: 'the first subscriber does not wake the feed',
        file: 'src/actors/stats/machine.ts',
        find: "target: 'watched',\n          actions: { type: 'admitSubscriber'",
        put: "actions: { type: 'admitSubscriber'",
      },
    ],
  },
  {
    test,
    name,
    faults: [
      {
        what: 'names lose their blanks only',
        file: 'src/protocol/names.ts',
        find: 'const FORBIDDEN = /[^\\p{L}\\p{M}\\p{Nd}_-]/gu;',
        put: 'const FORBIDDEN = /[\\s/\\\\]/gu;',
      },
      {
        what: 'JSON is sent as a page',
        file: 'src/http/answer.ts',
        find: "'application/json; charset=utf-8'",
        put: "'text/html; charset=utf-8'",
      },
      {
        what: 'browsers may guess what an answer is',
        file: 'src/http/security.ts',
        find: 'strictTransportSecurity: false,',
        put: 'strictTransportSecurity: false,\n      xContentTypeOptions: false,',
      },
    ],
  },
  {
    test: 'test/browser/markup.test.ts',
    name,
    faults: [
      {
        what: 'what is said is put in as HTML',
        file: 'public/elements/message-line.js',
        find: 'else words.append(...richText(text, myName));',
        put: 'else words.innerHTML = text;',
      },
      {
        what: 'every element takes its children as HTML',
        file: 'public/dom.js',
        find: 'element.append(...children);',
        put: "for (const child of children) {\n    if (typeof child === 'string') element.insertAdjacentHTML('beforeend', child);\n    else element.append(child);\n  }",
      },
    ],
  },
];
