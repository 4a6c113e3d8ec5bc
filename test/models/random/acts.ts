/** Everything that can happen in the town, as commands of fast-check's model runner. */
import fc from 'fast-check';
import { by, type Command, happens, nextRef, send, sends, settingOf, take } from './act.ts';
import { act, ask, join, leave, name, nonsense, rename, room, say, text, whisper } from './frames.ts';

const slash = fc.boolean();

const arrive = happens<{ name: string }>('arrive', { name }, async (town, { name: wish }) => {
  if (!town.hasRoom) return;
  const isFree = town.expected.bearer(wish) === undefined && wish !== 'system';
  const line = await town.open({ name: wish });
  if (isFree !== (line.name === wish))
    town.complain(`${line.label} asked for ${wish} and is called ${line.name}`);
});

const comeBack = happens<{ who: number; cursor: 'newest' | 'none' | 'middle' }>(
  'comeBack',
  { who: by, cursor: fc.constantFrom('newest', 'none', 'middle') },
  async (town, { who, cursor }) => {
    const others = town.expected.citizens.slice(1);
    const citizen = others[who % Math.max(1, others.length)];
    if (!citizen || !town.hasRoom) return;
    const seen = citizen.seen.slice(cursor === 'middle' ? -3 : -1)[0] ?? 0;
    await town.attach(citizen, cursor === 'none' ? 0 : seen);
  },
);

const vanish = happens<{ by: number; how: 'close' | 'drop' }>(
  'vanish',
  { by, how: fc.constantFrom('close', 'drop') },
  async (town, { by, how }) => {
    const line = town.pick(by);
    if (!line) return;
    await line.vanish(how);
    town.lose(line);
  },
);

const quit = happens<{ by: number }>('quit', { by }, async (town, { by }) => {
  const line = town.pick(by);
  if (!line) return;
  const all = town.linesOf(line.citizen);
  line.send({ type: 'quit' });
  for (const each of all) {
    const code = await each.closed;
    if (code !== (each === line ? 1000 : 4003)) town.complain(`${each.label} was closed with ${code}`);
    town.lose(each);
  }
  town.expected.end(line.citizen);
});

const wait = happens<{ ms: number }>(
  'wait',
  { ms: fc.constantFrom(250, 5_000, 31_000) },
  async (town, { ms }) => town.pass(ms),
);

/** Where nothing is on a disk, a server that ends takes everything with it, and there is nothing to expect. */
const restart = happens<{ how: 'kill' | 'stop' }>(
  'restart',
  { how: fc.constantFrom('kill', 'stop') },
  async (town, { how }) => {
    if (town.canBeKilled) await town.restart(how);
  },
);

/** Nothing answers a frame that says that somebody is typing, but an error. */
const type = happens<{ by: number; room: string; typing: boolean }>(
  'type',
  { by, room: fc.constantFrom('general', 'attic', 'random'), typing: fc.boolean() },
  async (town, { by, room: where, typing }) => {
    const line = town.pick(by);
    if (!line) return;
    const { citizen } = line;
    if (!citizen.rooms.has(where)) {
      return send(town, line, { frame: { type: 'typing', room: where, typing }, answer: 'not_in_room' });
    }
    line.send({ type: 'typing', room: where, typing });
    town.expected.type(citizen, where, typing, town.clock.now());
  },
);

/** Whoever did not hear that a frame was stored sends it again, and it is not stored twice. */
const repeat = happens<{ by: number }>('repeat', { by }, async (town, { by }) => {
  const line = town.pick(by);
  const last = line?.citizen.lastSend;
  if (!line || !last) return;
  const told = await line.ask(last.frame, last.ref);
  if (told.type !== 'ack' || told.id !== last.id)
    town.complain(`${last.ref} was ${last.id}, and is ${JSON.stringify(told)}`);
});

/** Several send at once, and nobody waits for an answer: in what order it is done only the server knows. */
const crowd = happens<{
  sends: { by: number; room: string; text: string; to: string; isPrivate: boolean }[];
}>(
  'crowd',
  {
    sends: fc.array(
      fc.record({
        by,
        room: fc.constantFrom('general', 'attic', 'random'),
        text,
        to: name,
        isPrivate: fc.boolean(),
      }),
      { minLength: 2, maxLength: 12 },
    ),
  },
  async (town, { sends }) => {
    const asked = sends.flatMap(({ by, isPrivate, ...payload }) => {
      const line = town.pick(by);
      if (!line) return [];
      const setting = settingOf(town, line);
      const each = isPrivate ? whisper(setting, { ...payload, slash: false }) : say(setting, payload);
      const ref = nextRef();
      return [{ line, each, ref, told: line.ask(each.frame, ref) }];
    });
    for (const { line, each, ref, told } of asked) take(town, line, each, ref, await told);
  },
);

/** By how often they happen. */
export const acts: fc.Arbitrary<Command>[] = [
  ...times(3, arrive),
  ...times(3, comeBack),
  ...times(2, vanish),
  quit,
  wait,
  restart,
  ...times(3, sends('say', { room, text }, say)),
  sends('act', { room }, act),
  ...times(3, sends('join', { room, slash }, join)),
  ...times(2, sends('leave', { room, slash }, leave)),
  ...times(2, sends('whisper', { to: name, text, slash }, whisper)),
  ...times(2, sends('rename', { name, slash }, rename)),
  sends('ask', { what: fc.constantFrom('rooms', 'users', 'history', 'help'), room, slash }, ask),
  sends('nonsense', { which: fc.nat(4) }, nonsense),
  ...times(2, type),
  repeat,
  ...times(2, crowd),
];

function times(count: number, arbitrary: fc.Arbitrary<Command>): fc.Arbitrary<Command>[] {
  return Array.from({ length: count }, () => arbitrary);
}
