import { describe, expect, it } from 'vitest';
import { violationsIn } from './checker.ts';
import type { Note, Outcome } from './log.ts';

/** Ann and Bob in one room; Ann has said two things there, and one to Bob alone; Bob has resumed once. */
function sound(): Outcome {
  const received = (who: string, connection: number, id: number, text: string): Note => ({
    ...{ who, kind: 'received', connection, id, room: 'attic' },
    ...{ from: 'Ann', text },
  });
  const told = (who: string, connection: number): Note => ({
    ...{ who, kind: 'private', connection, id: 3 },
    ...{ from: 'Ann', to: 'Bob', text: 'psst' },
  });
  return {
    notes: [
      { who: 'Ann', kind: 'connected' },
      { who: 'Bob', kind: 'connected' },
      { who: 'Ann', kind: 'joined', room: 'attic', from: 0 },
      { who: 'Bob', kind: 'joined', room: 'attic', from: 1 },
      { who: 'Ann', kind: 'sent', ref: 'a', to: { room: 'attic' }, text: 'one' },
      received('Ann', 1, 2, 'one'),
      { who: 'Ann', kind: 'acked', ref: 'a', id: 2 },
      received('Bob', 1, 2, 'one'),
      { who: 'Ann', kind: 'sent', ref: 'b', to: { user: 'Bob' }, text: 'psst' },
      told('Ann', 1),
      { who: 'Ann', kind: 'acked', ref: 'b', id: 3 },
      { who: 'Ann', kind: 'sent', ref: 'c', to: { room: 'attic' }, text: 'two' },
      received('Ann', 1, 4, 'two'),
      { who: 'Ann', kind: 'acked', ref: 'c', id: 4 },
      { who: 'Bob', kind: 'resumed', recovered: true, rooms: ['attic'] },
      received('Bob', 2, 4, 'two'),
      told('Bob', 2),
    ],
    histories: {
      attic: [
        { id: 1, type: 'system', from: 'system', text: 'Ann created the room' },
        { id: 2, type: 'message', from: 'Ann', text: 'one' },
        { id: 4, type: 'message', from: 'Ann', text: 'two' },
      ],
    },
    rosters: {
      attic: [
        { who: 'Ann', members: ['Ann', 'Bob'] },
        { who: 'Bob', members: ['Bob', 'Ann'] },
      ],
    },
    roomsOf: { Ann: ['attic'], Bob: ['attic'] },
  };
}

/** Changes the first note that fits. */
function alter(
  outcome: Outcome,
  fits: Partial<Record<string, unknown>>,
  change: Partial<Record<string, unknown>>,
) {
  const note = outcome.notes.find((each) =>
    Object.entries(fits).every(([key, value]) => (each as Record<string, unknown>)[key] === value),
  );
  if (!note) throw new Error('no such note');
  Object.assign(note, change);
}

const drop = (outcome: Outcome, fits: (note: Note) => boolean) => {
  outcome.notes.splice(outcome.notes.findIndex(fits), 1);
};

const faults: [string, (outcome: Outcome) => void, string][] = [
  [
    'an acknowledged message is lost',
    ({ histories }) => histories.attic?.pop(),
    'two was acknowledged and is not',
  ],
  [
    'a message is stored twice',
    ({ histories }) => histories.attic?.push({ id: 5, type: 'message', from: 'Ann', text: 'two' }),
    'two is in the history of attic 2 times',
  ],
  [
    'an ack tells another id',
    (o) => alter(o, { kind: 'acked', ref: 'c' }, { id: 9 }),
    'two was acknowledged as 9',
  ],
  [
    'a repeated send is acknowledged as another one',
    ({ notes }) => notes.push({ who: 'Ann', kind: 'acked', ref: 'a', id: 7 }),
    'Ann got two acks for a: 2 and 7',
  ],
  [
    'an id is given twice',
    (o) => alter(o, { kind: 'private', who: 'Bob' }, { id: 2 }),
    'id 2 is that of one and of psst',
  ],
  [
    'the history is out of order',
    ({ histories }) => histories.attic?.reverse(),
    'not in the order of its ids',
  ],
  [
    'a client saw what the history has not',
    (o) => alter(o, { kind: 'received', who: 'Bob', id: 4 }, { text: 'three' }),
    'Bob saw three as 4 in attic, which has not',
  ],
  [
    'a client saw another author',
    (o) => alter(o, { kind: 'received', who: 'Bob', id: 4 }, { from: 'Eve' }),
    'Bob saw two as 4 in attic, which has not',
  ],
  [
    'a client saw another order',
    (o) => {
      alter(o, { kind: 'received', who: 'Ann', id: 2 }, { id: 4, text: 'two' });
      alter(o, { kind: 'received', who: 'Ann', id: 4, text: 'two' }, {});
    },
    'behind what came after it',
  ],
  [
    'own messages are stored in another order than they were sent',
    ({ histories }) => {
      const [, one, two] = histories.attic ?? [];
      if (one && two) [one.text, two.text] = [two.text, one.text];
    },
    'behind what Ann sent after it',
  ],
  [
    'a message is missed',
    (o) => drop(o, (note) => note.who === 'Bob' && note.kind === 'received' && note.id === 4),
    'Bob saw two of attic 0 times',
  ],
  [
    'a message is shown again after a resume',
    (o) =>
      o.notes.push({
        who: 'Bob',
        kind: 'received',
        connection: 3,
        id: 2,
        room: 'attic',
        from: 'Ann',
        text: 'one',
      }),
    'Bob saw one of attic 2 times',
  ],
  [
    'somebody else sees a private message',
    ({ notes }) =>
      notes.push({ who: 'Eve', kind: 'private', connection: 1, id: 3, from: 'Ann', to: 'Bob', text: 'psst' }),
    'Eve saw psst, of Ann to Bob',
  ],
  [
    'a private message comes twice',
    ({ notes }) =>
      notes.push({ who: 'Bob', kind: 'private', connection: 3, id: 3, from: 'Ann', to: 'Bob', text: 'psst' }),
    'Bob saw psst twice',
  ],
  [
    'a private message is lost',
    (o) => drop(o, (note) => note.who === 'Bob' && note.kind === 'private'),
    'psst was acknowledged to Ann, and Bob has not seen it',
  ],
  [
    'a session is lost',
    ({ notes }) => notes.push({ who: 'Bob', kind: 'connected' }),
    'Bob lost their session',
  ],
  [
    'rosters differ',
    ({ rosters }) => rosters.attic?.[1]?.members.pop(),
    'Bob was told that Bob are in attic',
  ],
  [
    'a ghost is in a room',
    ({ rosters }) => {
      for (const { members } of rosters.attic ?? []) members.push('Eve');
    },
    'are in attic, and there are Ann, Bob',
  ],
];

describe('the checker of the chaos test', () => {
  it('has nothing against a sound run', () => {
    expect(violationsIn(sound())).toEqual([]);
  });

  it.each(faults)('finds it when %s', (_name, plant, words) => {
    const outcome = sound();
    plant(outcome);
    expect(violationsIn(outcome)).toEqual(expect.arrayContaining([expect.stringContaining(words)]));
  });

  it('lets a resume leave out what it says it has left out', () => {
    const outcome = sound();
    drop(outcome, (note) => note.who === 'Bob' && note.kind === 'received' && note.id === 4);
    alter(outcome, { kind: 'resumed' }, { recovered: false });
    expect(violationsIn(outcome)).toEqual([]);
  });

  it('lets what was never acknowledged be stored or not', () => {
    const outcome = sound();
    outcome.notes.push({ who: 'Ann', kind: 'sent', ref: 'd', to: { room: 'attic' }, text: 'three' });
    expect(violationsIn(outcome)).toEqual([]);
  });
});
