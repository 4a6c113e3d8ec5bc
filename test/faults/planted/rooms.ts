import type { Planted } from '../fault.ts';

const test = 'test/contract/regressions.test.ts';

/** What went wrong in rooms: what is said there, by whom, and who types. */
export const inRooms: Planted[] = [
  {
    test,
    name: 'rooms made by users that swallow messages',
    faults: [
      {
        what: 'only standing rooms take messages',
        file: 'src/actors/session/setup.ts',
        find: 'isInRoom: ({ context }, { room }: { room: string }) => context.record.rooms.has(room),',
        put: 'isInRoom: ({ context }, { room }: { room: string }) => room === LOBBY && context.record.rooms.has(room),',
      },
      {
        what: 'a message names its room otherwise than a join does',
        file: 'src/protocol/decode.ts',
        find: '  const name = parseRoomName(room);',
        put: '  const name = { ...parseRoomName(room), ok: true as const, value: room };',
      },
      {
        what: 'the names of rooms are ASCII',
        file: 'src/protocol/names.ts',
        find: 'const LETTER_OR_DIGIT = /[\\p{L}\\p{Nd}]/u;',
        put: 'const LETTER_OR_DIGIT = /[a-z0-9]/;',
      },
      {
        what: 'a percent-encoded name of a room is taken as it stands',
        file: 'src/http/api.ts',
        find: "parseRoomName(decoded(req.params.name ?? ''))",
        put: "parseRoomName(req.params.name ?? '')",
      },
      {
        what: 'what is posted is stored and not told',
        file: 'src/actors/room/setup.ts',
        find: 'context.history.add(entry);\n      tellPosted(context, entry);',
        put: 'context.history.add(entry);\n      if (context.founder === undefined) tellPosted(context, entry);',
      },
    ],
  },
  {
    test,
    name: 'non-ASCII text dropped',
    faults: [
      {
        what: 'text is checked for what ASCII can print',
        file: 'src/protocol/text.ts',
        find: '/[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]/',
        put: '/[^\\u0009\\u000a\\u0020-\\u007e]/',
      },
      {
        what: 'frames are read as Latin-1',
        file: 'src/transport/connection.ts',
        find: 'this.#parts.decode(body.toString())',
        put: "this.#parts.decode(body.toString('latin1'))",
      },
      {
        what: 'the length of a frame is counted in characters',
        file: 'src/transport/wire.ts',
        find: 'const own = Buffer.byteLength(json);',
        put: 'const own = json.length;',
      },
      {
        what: 'names are of \\w',
        file: 'src/protocol/names.ts',
        find: 'const FORBIDDEN = /[^\\p{L}\\p{M}\\p{Nd}_-]/gu;',
        put: 'const FORBIDDEN = /[^\\w-]/gu;',
      },
      {
        what: 'characters beyond the first plane count as halves',
        file: 'src/protocol/text.ts',
        find: 'if (!text.isWellFormed())',
        put: 'if (/[\\ud800-\\udfff]/.test(text))',
      },
    ],
  },
  {
    test,
    name: 'renaming to one’s own name adding a digit',
    faults: [
      {
        what: 'a new name is made like a newcomer’s',
        file: 'src/actors/session/renaming.ts',
        find: 'world.directory.names.wished(raw);',
        put: 'world.directory.names.assigned(raw);',
      },
      {
        what: 'a name that oneself holds is taken',
        file: 'src/actors/names.ts',
        find: '(holder === undefined || holder === userId)',
        put: 'holder === undefined',
      },
    ],
  },
  {
    test,
    name: 'typing shown in rooms one is not in',
    faults: [
      {
        what: 'the session does not ask whether one is in the room',
        file: 'src/actors/session/machine.ts',
        find: "guard: { type: 'isInRoom', params: ({ event }) => event },\n            actions: { type: 'passOnTyping'",
        put: "actions: { type: 'passOnTyping'",
      },
    ],
  },
  {
    test,
    name: 'typing left on after leaving',
    faults: [
      {
        what: 'leaving does not end typing',
        file: 'src/actors/room/setup.ts',
        find: 'showTyping(context, member, false);\n      context.roster.delete(member);',
        put: 'context.roster.delete(member);',
      },
      {
        what: 'the end of typing is told when the leaver is no longer a member',
        file: 'src/actors/room/setup.ts',
        find: 'showTyping(context, member, false);\n      context.roster.delete(member);',
        put: 'context.roster.delete(member);\n      showTyping(context, member, false);',
      },
    ],
  },
];
