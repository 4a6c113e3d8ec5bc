import { afterEach, expect, it, vi } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { Living } from '../../src/actors/living.ts';
import { Feed } from '../../src/inspect/feed.ts';
import type { Sink } from '../../src/inspect/viewer.ts';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import { startServer } from '../support/server.ts';
import { FeedViewer, openFeed } from './viewer.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** Who watches is looked after by these alone; everything else goes on in real time. */
function stepIntervals() {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
}

const PING_EVERY_MS = 25_000;

it('a feed that nobody watches any more is as one that nobody ever watched', async () => {
  vi.useFakeTimers();
  const living = new Living();
  const setWatcher = vi.spyOn(living, 'watcher', 'set');
  const actor = createActor(createMachine({ initial: 'idle', states: { idle: {} } })).start();
  living.add({ actor, title: 'room:attic' });
  const passing = { actor: createActor(createMachine({})).start(), title: 'room:passing' };
  living.add(passing);
  const place = actor.system as { _sendInspectionEvent?: unknown };
  const untouched = place._sendInspectionEvent;
  const written: FeedFrame[] = [];
  const sink: Sink = {
    isCongested: false,
    write: ({ json }) => written.push(JSON.parse(json)),
    drop: () => {},
  };
  const feed = new Feed({
    living,
    version: '0',
    isPrivateShown: false,
    failed: (error) => expect(error).toBeUndefined(),
  });

  // The second time all is as the first time, but for who has gone while nobody watched.
  for (const names of [['room:attic', 'room:passing'], ['room:attic']]) {
    const seats = [feed.admit(sink, false), feed.admit(sink, true)];
    await vi.advanceTimersByTimeAsync(1_000);
    expect(place._sendInspectionEvent).not.toBe(untouched);
    const frames = written.splice(0);
    expect(frames.map(({ type }) => type)).toContain('@troupe.hello');
    expect(frames.flatMap((frame) => (frame.type === '@xstate.actor' ? [frame.name] : []))).toEqual(names);
    const rows = frames.flatMap((frame) => (frame.type === '@troupe.list' ? frame.rows : []));
    expect(rows.map(([, name]) => name)).toEqual(names);
    seats[0]?.leave();
    expect(place._sendInspectionEvent).toBe(untouched);
    expect(setWatcher).toHaveBeenLastCalledWith(feed);
    seats[1]?.leave();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(setWatcher).toHaveBeenLastCalledWith(undefined);
    expect(vi.getTimerCount()).toBe(0);
    living.delete(passing, 'done');
  }
});

it('an actor that ended before a slow viewer was shown it is not shown any more', async () => {
  vi.useFakeTimers();
  const living = new Living();
  const [attic, passing] = ['room:attic', 'room:passing'].map((title) => ({
    actor: createActor(createMachine({})).start(),
    title,
  }));
  for (const each of [attic, passing]) if (each) living.add(each);
  const { sink, shown, leave } = await slowViewerOf(living);
  if (passing) living.delete(passing, 'done');
  sink.isCongested = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toEqual(['room:attic']);
  leave();
});

it('a viewer that was too slow is shown what waits once it reads, though nothing happens any more', async () => {
  vi.useFakeTimers();
  const living = new Living();
  living.add({ actor: createActor(createMachine({})).start(), title: 'room:attic' });
  const { sink, shown, leave } = await slowViewerOf(living);
  expect(shown).toEqual([]);
  sink.isCongested = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(shown).toEqual(['room:attic']);
  leave();
});

it('a viewer that answers no ping is taken for gone, one that does stays', async () => {
  const server = await startServer({ INSPECT: true });
  stepIntervals();
  const deaf = new FeedViewer(server, '?list', { autoPong: false });
  const viewer = await openFeed(server);
  await deaf.next('@troupe.list');
  for (let i = 0; i < 4; i++) {
    const pinged = new Promise((resolve) => viewer.socket.once('ping', resolve));
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS);
    await pinged;
    // The pong was written before this request.
    await viewer.watch(i % 2 === 0 ? 'room:general' : 'stats');
  }
  expect(await deaf.closed).toBe(1006);
  await server.close();
  expect(await viewer.closed).toBe(1001);
  await expect.poll(() => vi.getTimerCount()).toBe(0);
});

it('a viewer may ask for as much as it likes over the hours', async () => {
  const server = await startServer({ INSPECT: true });
  stepIntervals();
  const viewer = await openFeed(server);
  for (let i = 0; i < 4; i++) {
    for (let asked = 0; asked < 400; asked++) viewer.subscribe('stats');
    await viewer.watch(i % 2 === 0 ? 'room:general' : 'room:random');
    await vi.advanceTimersByTimeAsync(PING_EVERY_MS);
  }
  expect(viewer.socket.readyState).toBe(viewer.socket.OPEN);
});

/** One that does not read yet, a second after it has come. */
async function slowViewerOf(living: Living) {
  const shown: string[] = [];
  const sink = {
    isCongested: true,
    write: ({ json }: { json: string }) => shown.push(JSON.parse(json).name),
    drop: () => {},
  };
  const feed = new Feed({ living, version: '0', isPrivateShown: false, failed: () => {} });
  const { leave } = feed.admit(sink, false);
  await vi.advanceTimersByTimeAsync(1_000);
  return { sink, shown, leave };
}
