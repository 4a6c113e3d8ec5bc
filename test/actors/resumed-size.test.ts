import { expect, it } from 'vitest';
import type { Connection } from '../../src/actors/connection.ts';
import { History } from '../../src/actors/room/history.ts';
import type { SessionContext } from '../../src/actors/session/context.ts';
import { resume } from '../../src/actors/session/greetings.ts';
import { SessionRecord } from '../../src/actors/session/record.ts';
import type { Entry } from '../../src/protocol/entities.ts';
import { RESUME_MAX_BYTES } from '../../src/protocol/limits.ts';
import type { ServerFrameOf } from '../../src/protocol/server-frames.ts';
import { SteppedClock } from '../support/clock.ts';

/** What is left for entries, each with the comma behind it. */
const room = RESUME_MAX_BYTES - Buffer.byteLength(JSON.stringify(resumed([])));

it.each([1, 3, 20])('brings all of %i entries that just fit', (count) => {
  const entries = entriesOf(count, room);
  const frame = resumed(entries);
  expect(frame.recovered).toBe(true);
  expect(frame.missedMessages.attic).toEqual(entries);
  expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThanOrEqual(RESUME_MAX_BYTES);
});

it.each([1, 3, 20])(
  'brings all but the oldest of %i entries that are a byte too many, and says so',
  (count) => {
    const entries = entriesOf(count, room + 1);
    const frame = resumed(entries);
    expect(frame.recovered).toBe(false);
    expect(frame.missedMessages.attic).toEqual(entries.slice(1));
  },
);

/** So many entries that take that many bytes in all, of characters of one byte and of several. */
function entriesOf(count: number, bytes: number): Entry[] {
  const share = Math.floor(bytes / count);
  const entries = Array.from({ length: count }, (_, i) => entry(i + 1, 'ж€😀'));
  for (const each of entries) each.text += 'x'.repeat(share - bytesOf(each));
  const [oldest] = entries as [Entry];
  oldest.text += 'x'.repeat(bytes - entries.reduce((sum, each) => sum + bytesOf(each), 0));
  return entries;
}

function bytesOf(each: Entry): number {
  return Buffer.byteLength(JSON.stringify(each)) + 1;
}

function entry(id: number, text: string): Entry {
  return { id, type: 'message', from: 'Ann', text, ts: 1 };
}

/** The frame that one gets who comes back to a room with these entries. */
function resumed(entries: Entry[]): ServerFrameOf<'resumed'> {
  const limits = { rateBurst: 20, ratePerSecond: 5 } as never;
  const record = new SessionRecord({ id: 'u1', digest: 'd1', name: 'Ann' }, new SteppedClock(), limits);
  record.rooms.set('attic', { member: {} as never, isCommitted: true });
  const history = new History(() => entries);
  const directory = { history: () => history, openRoom: () => undefined };
  const world = { directory, journal: { newestId: () => entries.length } };
  const frames: string[] = [];
  const take = ({ json }: { json: string }) => void frames.push(json);
  const connection: Connection = { secret: 's1', isClosed: false, send: take, answer: take, close: () => {} };
  resume({ record, world } as unknown as SessionContext, connection, 0);
  return JSON.parse(frames[0] ?? '');
}
