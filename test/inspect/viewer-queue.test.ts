import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { Item, type Weight } from '../../src/inspect/item.ts';
import { Subject } from '../../src/inspect/subject.ts';
import { Viewer } from '../../src/inspect/viewer.ts';
import type { FeedFrame } from '../../src/inspect/wire.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** A viewer who reads when the test says so. */
function viewer() {
  const frames: FeedFrame[] = [];
  const sink = {
    isCongested: true,
    write: ({ json }: { json: string }) => frames.push(JSON.parse(json)),
    drop: vi.fn(),
  };
  return { sink, frames, queue: new Viewer(sink, true, (error) => expect(error).toBeUndefined()) };
}

function subject(title: string): Subject {
  const actor = createActor(createMachine({ initial: 'idle', states: { idle: {} } })).start();
  const nobody = { isPrivateShown: false, mintEventId: () => '1', noteChange: () => {}, failed: () => {} };
  return new Subject({ actor, title }, nobody);
}

let made = 0;
function item(weight: Weight, createdAt = String(made++)) {
  return new Item(weight, () => ({ type: '@troupe.error', message: createdAt }));
}

function push(queue: Viewer, count: number, weight: Weight = 'droppable') {
  for (let i = 0; i < count; i++) queue.push(item(weight));
}

afterEach(() => {
  made = 0;
});

describe('what waits for a viewer that reads too slowly', () => {
  it('is left out by the older half, which it is told, and again only when as much has come', () => {
    const { sink, frames, queue } = viewer();
    push(queue, 10_000);
    push(queue, 5_001);
    sink.isCongested = false;
    queue.pump(performance.now() + 1);
    const lost = frames.flatMap((frame) => (frame.type === '@troupe.lost' ? [frame.count] : []));
    expect(lost).toEqual([5_000, 5_000]);
    expect(frames.length - lost.length).toBe(5_001);
    expect(frames.at(-1)).toMatchObject({ message: '15000' });
  });

  it('is counted anew once it has been read', () => {
    const { sink, frames, queue } = viewer();
    for (let i = 0; i < 5; i++) {
      sink.isCongested = true;
      push(queue, 9_000);
      sink.isCongested = false;
      queue.pump(performance.now() + 1);
    }
    expect(frames).toHaveLength(45_000);
    expect(frames.filter(({ type }) => type === '@troupe.lost')).toEqual([]);
  });

  it('is never left out when it is needed, but then it has an end', () => {
    const { sink, frames, queue } = viewer();
    push(queue, 100, 'needed');
    push(queue, 15_000);
    sink.isCongested = false;
    queue.pump(performance.now() + 1);
    const messages = frames.flatMap((frame) => (frame.type === '@troupe.error' ? [frame.message] : []));
    for (let i = 0; i < 100; i++) expect(messages).toContain(String(i));
    expect(sink.drop).not.toHaveBeenCalled();
    sink.isCongested = true;
    push(queue, 20_001, 'needed');
    expect(sink.drop).toHaveBeenCalled();
  });

  it('is waited for half a minute, in which it reads something', () => {
    const { sink, queue } = viewer();
    push(queue, 1_000);
    for (let i = 0; i < 3; i++) {
      queue.pump(performance.now() + 1);
      vi.advanceTimersByTime(29_000);
      queue.pump(performance.now() + 1);
      sink.isCongested = false;
      queue.pump(performance.now() + 1);
      sink.isCongested = true;
    }
    expect(sink.drop).not.toHaveBeenCalled();
    queue.pump(performance.now() + 1);
    vi.advanceTimersByTime(30_001);
    queue.pump(performance.now() + 1);
    expect(sink.drop).toHaveBeenCalledOnce();
  });
});

describe('the list', () => {
  it('leaves out who has ended before their piece of it is written', () => {
    const { sink, frames, queue } = viewer();
    const [stays, goes] = [subject('room:attic'), subject('room:passing')];
    queue.list([goes, stays]);
    goes.end('done', undefined);
    sink.isCongested = false;
    queue.pump(performance.now() + 1);
    expect(frames).toEqual([
      { type: '@troupe.list', isFirst: true, rows: [[stays.sessionId, 'room:attic', 'idle']], rest: 0 },
    ]);
  });

  it('begins anew from its first piece when a viewer was too slow for the changes', () => {
    const { sink, frames, queue } = viewer();
    const all = Array.from({ length: 150 }, (_, i) => subject(`room:${i}`));
    const takeOnePiece = () => {
      sink.isCongested = false;
      queue.pump(performance.now() + 1);
    };
    const { write } = sink;
    sink.write = (frame) => {
      sink.isCongested = true;
      return write(frame);
    };
    queue.list(all);
    takeOnePiece();
    queue.pushRows(item('needed'), () => all);
    takeOnePiece();
    takeOnePiece();
    const pieces = frames.map((frame) => frame.type === '@troupe.list' && [frame.isFirst, frame.rest]);
    expect(pieces).toEqual([
      [true, 50],
      [true, 50],
      [false, 0],
    ]);
  });
});

describe('a snapshot', () => {
  it('that a viewer could not take is made up for once it reads again', () => {
    const { sink, frames, queue } = viewer();
    const attic = subject('room:attic');
    for (let i = 0; i < 3; i++) queue.pushSnapshot(attic, attic.snapshotItem());
    sink.isCongested = false;
    queue.pump(performance.now() + 1);
    expect(frames).toMatchObject([{ type: '@xstate.snapshot', sessionId: attic.sessionId }]);
    expect(queue.isIdle).toBe(true);
  });

  it('of an actor that is no more is not made up for', () => {
    const { sink, frames, queue } = viewer();
    const attic = subject('room:attic');
    queue.pushSnapshot(attic, attic.snapshotItem());
    queue.forget(attic);
    sink.isCongested = false;
    queue.pump(performance.now() + 1);
    expect(frames).toEqual([]);
  });
});

it('a frame that can not be made is tried once, for however many viewers', () => {
  const failed = vi.fn();
  const make = vi.fn(() => {
    throw new Error('planted');
  });
  const broken = new Item('needed', make);
  for (let i = 0; i < 3; i++) expect(broken.encoded(failed)).toBeUndefined();
  expect(make).toHaveBeenCalledOnce();
  expect(failed).toHaveBeenCalledOnce();
});
