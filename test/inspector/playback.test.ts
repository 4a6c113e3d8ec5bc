import { expect, it } from 'vitest';
import { Playback } from '../../public/inspector/record/playback.js';
import { Recording } from '../../public/inspector/record/recording.js';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import { actor, event, START, snapshot, step } from './frames.ts';

function play(frames: FeedFrame[]) {
  const recording = new Recording();
  for (const frame of frames) {
    const at = 'createdAt' in frame ? Number(frame.createdAt) : START;
    recording.add(frame, { at, size: 100 });
  }
  return { recording, playback: new Playback(recording) };
}

const scene = [
  actor('x:1', 'room:a', 'empty', { users: 0 }),
  actor('x:2', 'session:Ann', 'fresh', {}),
  event('1', 'x:1', { type: 'join' }, { at: 10 }),
  step('1', 'x:1', 'join', 'empty', 'occupied', 10),
  step('2', 'x:2', 'greet', 'fresh', 'online', 11),
  snapshot('x:1', 'occupied', { users: 1 }, { at: 100 }),
  step('3', 'x:1', 'join', 'occupied', 'occupied', 200),
  step('4', 'x:1', 'join', 'occupied', 'full', 210),
  snapshot('x:1', 'full', { users: 3 }, { at: 300 }),
];

it('is live until paused, and stays where it was paused while the recording goes on', () => {
  const { recording, playback } = play(scene);
  expect([playback.isLive, playback.place]).toEqual([true, 9]);
  playback.pause();
  recording.add(step('5', 'x:1', 'leave', 'full', 'occupied'), { at: START + 400, size: 100 });
  expect([playback.isLive, playback.place, recording.end]).toEqual([false, 9, 10]);
  playback.resume();
  expect(playback.place).toBe(10);
});

it('steps back and forth, and stands still at both ends', () => {
  const { playback } = play(scene);
  const walk = (...directions: (1 | -1)[]) =>
    directions.map((direction) => {
      playback.step(direction);
      return [playback.passed, playback.place];
    });
  expect(walk(-1, -1, -1, -1, -1)).toEqual([
    [3, 7],
    [2, 5],
    [1, 4],
    [0, 0],
    [0, 0],
  ]);
  expect(walk(1, 1, 1, 1, 1)).toEqual([
    [1, 4],
    [2, 5],
    [3, 7],
    [4, 8],
    [4, 8],
  ]);
});

it('steps through those of one actor alone', () => {
  const { playback } = play(scene);
  playback.only = 'x:2';
  playback.step(-1);
  expect(playback.place).toBe(0);
  playback.step(1);
  expect([playback.place, playback.passed, playback.stops.length]).toEqual([5, 1, 1]);
});

it('shows with a step what came of it, though its snapshot comes later', () => {
  const { recording, playback } = play(scene);
  const look = (place: number) => {
    playback.goTo(place);
    const room = recording.worldAt(playback.place).find('x:1');
    const { seen, before } = room ? playback.seenOf(room) : {};
    return [before?.context, seen?.context];
  };
  expect(look(4)).toEqual([{ users: 0 }, { users: 1 }]);
  expect(look(6)).toEqual([{ users: 0 }, { users: 1 }]);
  // The one after the next step tells nothing of this one.
  expect(look(7)).toEqual([{ users: 0 }, { users: 1 }]);
  expect(look(8)).toEqual([{ users: 1 }, { users: 3 }]);
});

it('does not stop at heartbeats', () => {
  const { playback } = play([
    event('1', 'x:1', { type: 'frame.send', frame: { type: 'pong' } }),
    step('1', 'x:1', 'frame.send', 's', 's'),
    step('2', 'x:1', 'line.heard', 's', 's'),
    step('3', 'x:1', 'frame.send', 's', 's'),
  ]);
  expect(playback.stops.map(({ place }) => place)).toEqual([4]);
});

it('stays at its moment whatever comes, until it is resumed', () => {
  const recording = new Recording({ limits: { frames: 10, bytes: 1_000_000 } });
  const playback = new Playback(recording);
  playback.goTo(1);
  for (let n = 0; n < 50; n += 1) {
    recording.add(step(`${n}`, 'x:1', 'tick', 's', `s${n}`), { at: START, size: 10 });
  }
  expect(playback.place).toBe(1);
  expect(playback.at).toBe(START);
  expect(recording.entries.length).toBeLessThanOrEqual(21);
  playback.resume();
  expect([playback.isLive, playback.place]).toEqual([true, recording.end]);
});
