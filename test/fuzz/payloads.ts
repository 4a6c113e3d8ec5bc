/**
 * What a client may put on the wire: well formed frames, frames that are slightly wrong, and garbage. Described
 * rather than spelled out, so that a counterexample stays short: `@2` in a string stands for the name of the
 * third user, a leading `#` in a ref for the connection that sends it.
 */
import fc from 'fast-check';

export type Payload =
  | { frame: unknown }
  | { raw: string }
  | { cut: unknown; percent: number }
  | { pieces: unknown; size: number }
  | { bytesOf: unknown; flip: number }
  | { binary: unknown }
  | { nested: string; depth: number }
  | { padded: 'ping' | 'message' | 'set_nick' | 'ref'; bytes: number };

/** Counterexamples read better without `__proto__: null`. */
export function plain<T>(shape: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(shape, { noNullPrototype: true }) as fc.Arbitrary<T>;
}

const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'system', 'ＳＹＳＴＥＭ'];
const ODD_STRINGS = [
  '',
  ' ',
  'a',
  '--',
  '😀😀',
  '\ud800',
  'x\udc00y',
  '\u0000',
  'a\u0007b',
  '\u202eevil',
  '\ufeff',
  'Z\u0301\u0316\u0317\u0318',
  'İI\u0307ı',
  'ﷺﷺﷺ',
  '<img src=x onerror=alert(1)>',
  '\u2028\u2029',
  'e'.repeat(25),
  '𐐷'.repeat(31),
  'text\r\nmore',
];

const utf16 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 })
  .map((units) => String.fromCharCode(...units));
const anyString = fc.oneof(
  fc.constantFrom(...ODD_STRINGS, ...ODD_NAMES),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  utf16,
);

export const userName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('Ann', 'ann', 'Bob', 'Straße', 'STRASSE', 'Zoe\u0308', 'Ὀδυσσεύς'),
  },
  { weight: 1, arbitrary: anyString },
);
const otherName = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('@0', '@1', '@2', '@3', '@4') }, userName);
const room = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('general', 'random', 'GENERAL') },
  { weight: 8, arbitrary: fc.constantFrom('attic', 'Attic', 'den', '__proto__', 'ﬁne', 'constructor') },
  { weight: 1, arbitrary: anyString },
);
const plainText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('hello', '//literal', 'two\nlines', '  padded ', '@1: hi') },
  { weight: 2, arbitrary: anyString },
  { weight: 1, arbitrary: fc.constantFrom(1_999, 2_000, 2_001).map((length) => '𐐷'.repeat(length)) },
);
const command = fc.oneof(
  fc.constantFrom('/help', '/rooms', '/USERS', '/Users', '/leave', '/', '/ help', '/nope', '/__proto__ x'),
  fc.tuple(fc.constantFrom('/join', '/JOIN', '/leave'), room).map((words) => words.join(' ')),
  fc.tuple(fc.constantFrom('/nick', '/Nick'), userName).map((words) => words.join(' ')),
  fc.tuple(fc.constant('/pm'), otherName, plainText).map((words) => words.join(' ')),
  fc.tuple(fc.constant('/me'), plainText).map((words) => words.join(' ')),
);
const text = fc.oneof({ weight: 3, arbitrary: plainText }, { weight: 2, arbitrary: command });

/** Few different ones, so that they repeat. */
const goodRef = fc.oneof(
  fc.constantFrom('#1', '#2', '#3', '#é', 'same', '__proto__', '#'.padEnd(50, 'r')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((end) => `#${end}`),
);
const ref = fc.oneof(
  { weight: 8, arbitrary: goodRef },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>('', '\udfff', 'r'.repeat(65), 7, null, {}, ['#1'], false),
  },
);
const number = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 1.5, 100, 101, 1000, 1e308, 2 ** 53, 2 ** 53 + 2, -1e21, 5e-324),
  fc.double({ noNaN: true }),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const limit = maybe(fc.oneof(fc.integer({ min: 1, max: 100 }), number));
const withRef = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...shape, ref: maybe(ref) }, { noNullPrototype: true });
const typed = (type: string, shape: Record<string, fc.Arbitrary<unknown>> = {}) =>
  withRef({ type: fc.constant(type), ...shape });

const frame = fc.oneof(
  { weight: 10, arbitrary: typed('message', { room, text }) },
  { weight: 6, arbitrary: typed('join', { room }) },
  { weight: 5, arbitrary: typed('leave', { room }) },
  { weight: 4, arbitrary: typed('typing', { room, typing: fc.boolean() }) },
  { weight: 4, arbitrary: typed('pm', { to: otherName, text }) },
  { weight: 4, arbitrary: typed('set_nick', { name: fc.oneof(userName, otherName) }) },
  { weight: 1, arbitrary: typed('get_rooms', { after: maybe(room), limit }) },
  { weight: 2, arbitrary: typed('get_users', { room, after: maybe(otherName), limit }) },
  { weight: 2, arbitrary: typed('get_history', { room, before: maybe(number), limit }) },
  { weight: 2, arbitrary: typed('ping', { ts: maybe(fc.oneof(number, anyString, fc.constant(null))) }) },
  { weight: 1, arbitrary: typed('pong', { ts: maybe(number) }) },
);

const anyValue = fc.oneof(fc.jsonValue({ maxDepth: 3 }), anyString, number);
const types = 'message join leave typing pm set_nick get_rooms get_users get_history ping pong'.split(' ');
const fields = [
  'room',
  'text',
  'to',
  'name',
  'typing',
  'after',
  'before',
  'limit',
  'ts',
  'ref',
  'type',
  'zz',
];

/** A known type with some fields, each of any shape, and names that every object has already. */
const wrongFrame = fc
  .tuple(
    fc.oneof(fc.constantFrom<unknown>(...types), anyValue),
    fc.dictionary(fc.constantFrom(...fields, ...ODD_NAMES), fc.oneof(anyValue, room), {
      maxKeys: 6,
      noNullPrototype: true,
    }),
  )
  .map(([type, rest]) => ({ type, ...rest }));

const raw = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '[]',
    '"message"',
    '{}',
    'NaN',
    '{"type":"ping","type":"message","room":"general","text":"twice"}',
    '{"type":"message","room":"attic","room":"general","text":"a","text":"b","ref":"#1","ref":"#2"}',
    '{"__proto__":{"type":"message"},"room":"general","text":"x"}',
    '{"type":"message","__proto__":null,"room":"general","text":"own proto"}',
    '{"type":"ping","ts":1e999}',
    '{"type":"message","room":"general","text":"\\ud83d"}',
    "{'type':'ping'}",
    '{"type":"ping"}{"type":"ping"}',
    '\u0000{"type":"ping"}',
    '\ufeff{"type":"ping"}',
  ),
  fc.json(),
  anyString.map((each) => each.toWellFormed()),
);

export const payload: fc.Arbitrary<Payload> = fc.oneof(
  { weight: 60, arbitrary: plain({ frame }) },
  { weight: 12, arbitrary: plain({ frame: wrongFrame }) },
  { weight: 8, arbitrary: plain({ raw }) },
  { weight: 4, arbitrary: plain({ cut: frame, percent: fc.integer({ min: 0, max: 99 }) }) },
  { weight: 5, arbitrary: plain({ pieces: frame, size: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: plain({ binary: frame }) },
  {
    weight: 2,
    arbitrary: plain({
      nested: fc.constantFrom('[', '{"a":', '[{"__proto__":'),
      depth: fc.integer({ min: 1, max: 4_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: plain({
      padded: fc.constantFrom('ping' as const, 'message' as const, 'set_nick' as const, 'ref' as const),
      bytes: fc.integer({ min: 65_000, max: 65_536 }),
    }),
  },
);

/** These end a connection or a session, so they come seldom. */
export const fatalPayload: fc.Arbitrary<Payload> = fc.oneof(
  plain({ frame: typed('quit') }),
  plain({ frame: typed('quit') }),
  plain({ padded: fc.constant('ping' as const), bytes: fc.constantFrom(65_537, 70_000, 200_000) }),
  plain({ bytesOf: frame, flip: fc.nat(60) }),
);
