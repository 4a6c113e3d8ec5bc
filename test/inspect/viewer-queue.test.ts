import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Item, type Weight } from '../../src/inspect/item.ts';
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
