import { expect, it } from 'vitest';
import { Recording } from '../../public/inspector/record/recording.js';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import { actor, event, hello, list, rows, START, snapshot, step } from './frames.ts';

function record(frames: FeedFrame[], recording = new Recording()): Recording {
  frames.forEach((frame, index) => {
    recording.add(frame, { at: START + index, size: 100 });
  });
  return recording;
}

it('knows who lives from the list and its changes', () => {
  const recording = record([
    hello(),
    list([['x:1', 'room:general', 'occupied']], 1),
    list([['x:2', 'stats', 'watched.feed.calm, watched.report.waiting']], 0, false),
    rows([['x:3', 'session:Ann', 'fresh']]),
    rows([['x:3', 'session:Anna', 'online']], [['x:1', 'done']]),
  ]);
  const { live } = recording;
  expect([...live.actors.values()].map(({ name, kind, state }) => [name, kind, state])).toEqual([
    ['stats', 'stats', 'watched.feed.calm, watched.report.waiting'],
    ['session:Anna', 'session', 'online'],
  ]);
  expect(live.find('x:2')?.value).toEqual({ watched: { feed: 'calm', report: 'waiting' } });
  expect(live.find('x:1')).toMatchObject({ status: 'done', endedAt: START + 4 });
});

it('goes to any place, forth and back', () => {
  const recording = record([
    list([['x:1', 'room:a', 'empty']]),
    actor('x:1', 'room:a', 'empty', { users: 0 }),
    event('1', 'x:1', { type: 'member.join' }),
    step('1', 'x:1', 'member.join', 'empty', 'occupied'),
    snapshot('x:1', 'occupied', { users: 1 }),
    rows([], [['x:1', 'done']]),
  ]);
  const look = (place: number) => {
    const found = recording.worldAt(place).actors.get('x:1');
    return found && [found.state, found.seen?.context];
  };
  expect([0, 1, 2, 3, 4, 5, 6].map(look)).toEqual([
    undefined,
    ['empty', undefined],
    ['empty', { users: 0 }],
    ['empty', { users: 0 }],
    ['occupied', { users: 0 }],
    ['occupied', { users: 1 }],
    undefined,
  ]);
  expect([5, 2, 4, 1].map((place) => look(place)?.[0])).toEqual(['occupied', 'empty', 'occupied', 'empty']);
});

it('says the same of a place by a checkpoint as by all frames before it', () => {
  const frames: FeedFrame[] = [list([['x:1', 'room:a', 's0']])];
  for (let n = 1; n <= 4_500; n += 1) frames.push(rows([['x:1', 'room:a', `s${n}`]]));
  const recording = record(frames);
  for (const place of [4_400, 999, 1_000, 1_001, 3_777, 1]) {
    expect(recording.worldAt(place).find('x:1')?.state).toBe(`s${place - 1}`);
  }
});

it('folds the oldest frames when there are too many, and keeps what they made', () => {
  const recording = new Recording({ limits: { frames: 100, bytes: 1_000_000 } });
  record([list([['x:1', 'room:a', 'empty']])], recording);
  for (let n = 1; n <= 1_000; n += 1) {
    record([event(`${n}`, 'x:1', { type: 'm', n }), step(`${n}`, 'x:1', 'm', 'empty', `s${n}`)], recording);
  }
  expect(recording.entries.length).toBeLessThanOrEqual(100);
  expect(recording.end).toBe(2_001);
  expect(recording.messages.all.length).toBeLessThanOrEqual(50);
  expect(recording.messages.all[0]?.id).toBeGreaterThan(recording.start);
  expect(recording.messages.all[0]?.to.name).toBe('room:a');
  expect(recording.stops[0]?.place).toBeGreaterThan(recording.start);
  const oldest = recording.stops[0];
  expect(recording.worldAt(oldest?.place ?? 0).find('x:1')?.state).toBe(`s${((oldest?.place ?? 0) - 1) / 2}`);
  expect(recording.worldAt(1).find('x:1')?.state).toBe(recording.base.find('x:1')?.state);
});

it('lets nothing slip away while it is held, and begins anew when that was too long', () => {
  const recording = new Recording({ limits: { frames: 100, bytes: 1_000_000 } });
  const count = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => rows([['x:1', 'room:a', `s${from + n}`]]));
  record([list([['x:1', 'room:a', 's0']]), ...count(1, 50)], recording);
  recording.isHeld = true;
  record(count(50, 150), recording);
  expect([recording.start, recording.end, recording.missed]).toEqual([0, 150, 0]);
  recording.isHeld = false;
  record(count(150, 151), recording);
  expect(recording.start).toBeGreaterThan(0);

  const { start } = recording;
  recording.isHeld = true;
  record(count(151, 1_000), recording);
  expect(recording.start).toBe(start);
  expect(recording.entries.length).toBeLessThanOrEqual(201);
  expect(recording.missed).toBe(1_000 - recording.end);
  const at = (place: number) => recording.worldAt(place).find('x:1')?.state;
  expect([at(start + 1), at(recording.end)]).toEqual([`s${start}`, `s${recording.end - 1}`]);
  expect(recording.live.find('x:1')?.state).toBe('s999');
  recording.isHeld = false;
  expect([recording.missed, recording.entries.length]).toEqual([0, 0]);
  record(count(1_000, 1_001), recording);
  expect(at(recording.end)).toBe('s1000');
  expect(at(recording.start)).toBe('s999');
});

it('folds by bytes too, and counts a definition once', () => {
  const recording = new Recording({ limits: { frames: 10_000, bytes: 50_000 } });
  const definition = JSON.stringify({ id: 'big', note: 'x'.repeat(20_000) });
  for (let n = 0; n < 100; n += 1) {
    recording.add(actor(`x:${n}`, `room:${n}`, 'empty', {}, { definition }), { at: START, size: 20_200 });
  }
  expect(recording.entries).toHaveLength(100);
  const big = { note: 'y'.repeat(1_000) };
  for (let n = 0; n < 100; n += 1) recording.add(snapshot('x:1', 'empty', big), { at: START, size: 1_000 });
  expect(recording.bytes).toBeLessThanOrEqual(50_000);
  expect(recording.live.actors.size).toBe(100);
});

it('keeps those of an earlier connection until the new list is complete', () => {
  const recording = record([
    list([
      ['x:1', 'room:a', 'empty'],
      ['x:2', 'room:b', 'empty'],
    ]),
    actor('page:abcdefgh/connection', 'page:Ann', 'idle'),
    hello(),
    list([['x:1', 'room:a', 'occupied']], 1),
  ]);
  expect([...recording.live.actors.keys()]).toEqual(['x:1', 'x:2', 'page:abcdefgh/connection']);
  record([list([['x:9', 'room:c', 'empty']], 0, false)], recording);
  expect([...recording.live.actors.keys()]).toEqual(['x:1', 'page:abcdefgh/connection', 'x:9']);
});

it('ends the actors of a server that was started again before it lists the new ones', () => {
  const recording = record([
    hello('first'),
    list([['first/x:1', 'room:a', 'empty']]),
    actor('page:abcdefgh/connection', 'page:Ann', 'idle'),
    hello('first'),
  ]);
  expect([...recording.live.actors.keys()]).toEqual(['first/x:1', 'page:abcdefgh/connection']);
  record([hello('second')], recording);
  expect([...recording.live.actors.keys()]).toEqual(['page:abcdefgh/connection']);
  expect(recording.live.find('first/x:1')).toMatchObject({ status: 'stopped' });
  record([list([['second/x:1', 'room:a', 'occupied']])], recording);
  expect(recording.live.find('second/x:1')).toMatchObject({ name: 'room:a', state: 'occupied' });
  expect(recording.worldAt(4).actors.has('first/x:1')).toBe(true);
});

it('takes an actor that got another name while we were too slow for the one it was', () => {
  const recording = record([
    list([['x:1', 'session:Ann', 'online']]),
    actor('x:1', 'session:Ann', 'online', { kept: 1 }),
    list([['x:1', 'session:Anna', 'away']]),
  ]);
  expect(recording.live.find('x:1')).toMatchObject({ name: 'session:Anna', seen: { context: { kept: 1 } } });
});

it('begins anew with what lives', () => {
  const recording = record([list([['x:1', 'room:a', 'empty']]), event('1', 'x:1', { type: 'm' })]);
  recording.clear();
  expect(recording.messages.all).toEqual([]);
  expect(recording.worldAt(0).actors.size).toBe(1);
  expect([recording.start, recording.end]).toEqual([2, 2]);
});
