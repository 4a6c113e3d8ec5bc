import { expect, it } from 'vitest';
import { fileNameAt, readRecording, writeRecording } from '../../public/inspector/record/file.js';
import { Recording } from '../../public/inspector/record/recording.js';
import { actor, event, hello, list, rows, START, snapshot, step } from './frames.ts';

function made(limits = { frames: 1_000, bytes: 1_000_000 }) {
  const recording = new Recording({ limits });
  const frames = [
    hello(),
    list([['x:1', 'room:a', 'empty']]),
    actor('x:1', 'room:a', 'empty', { users: 0 }),
    event('1', 'x:1', { type: 'join' }),
    step('1', 'x:1', 'join', 'empty', 'occupied'),
    snapshot('x:1', 'occupied', { users: 1 }),
    rows([['x:2', 'room:b', 'empty']]),
  ];
  for (const [index, frame] of frames.entries()) recording.add(frame, { at: START + index, size: 100 });
  return recording;
}

function reopened(recording: Recording): Recording {
  const opened = readRecording(writeRecording(recording, START));
  if (!opened.ok) throw new Error(opened.words);
  return opened.recording;
}

it('comes back as it was', () => {
  const recording = made();
  const again = reopened(recording);
  expect(again.messages.all).toEqual(recording.messages.all);
  expect(again.hello).toEqual(recording.hello);
  for (let place = 0; place <= recording.end; place += 1) {
    expect(again.worldAt(place).actors).toEqual(recording.worldAt(place).actors);
  }
});

it('comes back as it was when its oldest frames had been folded', () => {
  const recording = made({ frames: 4, bytes: 1_000_000 });
  const again = reopened(recording);
  expect(recording.start).toBe(3);
  expect(again.entries).toHaveLength(4);
  for (let place = 0; place <= 4; place += 1) {
    const names = (world: Recording['live']) =>
      [...world.actors.values()].map(({ name, state, seen, definition }) => [name, state, seen, definition]);
    expect(names(again.worldAt(place))).toEqual(names(recording.worldAt(recording.start + place)));
  }
});

it('holds a definition once', () => {
  const recording = made();
  for (let n = 0; n < 20; n += 1) {
    recording.add(actor(`y:${n}`, `room:${n}`, 'empty'), { at: START, size: 100 });
  }
  expect(writeRecording(recording, START).split('member.join')).toHaveLength(2);
});

it('is named after its time', () => {
  expect(fileNameAt(START)).toBe('troupe-recording-2026-01-31T12-00-00.json');
});

const someone = { id: 'x', name: 'room:x', kind: 'room', state: 'empty', status: 'active', endedAt: 0 };

it.each([
  ['{"format":"troupe-rec', 'holds no JSON'],
  ['[]', 'not a recording'],
  ['{"format":"other"}', 'not a recording'],
  ['{"format":"troupe-recording","version":2}', 'of version 2'],
  ['{"format":"troupe-recording","version":1}', 'a part of it is missing'],
  [damaged({ frames: [[1, { type: '@xstate.event', sessionId: 'x:1' }]] }), 'frame 1 of 1'],
  [damaged({ frames: [[1, { type: 'constructor' }]] }), 'frame 1 of 1'],
  [damaged({ frames: [['x', { type: '@troupe.lost', count: 1 }]] }), 'frame 1 of 1'],
  [damaged({ frames: [null] }), 'frame 1 of 1'],
  [damaged({ base: [{ id: 1 }] }), 'an actor at its beginning'],
  [damaged({ base: [{ ...someone, value: 7 }] }), 'an actor at its beginning'],
  [damaged({ base: [{ ...someone, step: { event: 'x' } }] }), 'an actor at its beginning'],
  [damaged({ base: [{ ...someone, definition: {} }] }), 'an actor at its beginning'],
  [damaged({ base: [{ ...someone, seen: { at: 1, timers: [null] } }] }), 'an actor at its beginning'],
  [damaged({ base: [{ ...someone, before: { at: 'x', timers: [] } }] }), 'an actor at its beginning'],
  [nested(100_000), 'nested too deeply'],
  [damaged({ frames: [[1, { ...actor('x', 'y', 'z'), definition: 7 }]] }), 'frame 1 of 1'],
])('says what is wrong with a file: %#', (text, words) => {
  expect(readRecording(text)).toMatchObject({ ok: false, words: expect.stringContaining(words) });
});

it('opens one whose actors are of unknown kinds', () => {
  const opened = readRecording(damaged({ base: [{ ...someone, kind: 'ghost' }] }));
  expect(opened.ok && opened.recording.live.find('x')?.kind).toBe('room');
});

function damaged(changes: object): string {
  return JSON.stringify({
    format: 'troupe-recording',
    version: 1,
    savedAt: '',
    server: null,
    definitions: [],
    base: [],
    frames: [],
    ...changes,
  });
}

/** An actor's state, so many states deep. */
function nested(depth: number): string {
  const value = `${'{"a":'.repeat(depth)}"b"${'}'.repeat(depth)}`;
  const actors = damaged({ base: [{ ...someone, value: 'VALUE' }] });
  return actors.replace('"VALUE"', value);
}
