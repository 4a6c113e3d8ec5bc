import { expect, it } from 'vitest';
import { Recording } from '../../public/inspector/record/recording.js';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import { actor, event, list, rows, START, step } from './frames.ts';

function messagesOf(...frames: FeedFrame[]) {
  const recording = new Recording();
  const known: FeedFrame = list([
    ['x:1', 'room:general', 'occupied'],
    ['x:2', 'session:Ann', 'online'],
    ['x:3', 'stats', 'unwatched'],
  ]);
  for (const frame of [known, ...frames]) recording.add(frame, { at: START, size: 100 });
  return recording.messages.all;
}

it('draws an event from its sender to its receiver, with what it changed', () => {
  const [message] = messagesOf(
    event('7', 'x:1', { type: 'member.join', name: 'Ann' }, { sourceId: 'x:2', origin: 'client:u1' }),
    step('7', 'x:1', 'member.join', 'empty', 'occupied'),
  );
  expect(message).toEqual({
    id: 2,
    at: START,
    from: { id: 'x:2', name: 'session:Ann', kind: 'session' },
    to: { id: 'x:1', name: 'room:general', kind: 'room' },
    type: 'member.join',
    payload: { type: 'member.join', name: 'Ann' },
    isHeartbeat: false,
    change: { from: 'empty', to: 'occupied' },
  });
});

it('gives clients, pages, the journal and all others lanes of their own', () => {
  const froms = messagesOf(
    actor('page:abcdefgh/connection', 'page:Ann', 'idle'),
    event('1', 'x:2', { type: 'm' }, { origin: 'client:u1' }),
    event('2', 'x:2', { type: 'm' }, { origin: 'page:abcdefgh' }),
    event('3', 'x:2', { type: 'm' }, { origin: 'page:otherone' }),
    event('4', 'x:1', { type: 'm' }, { origin: 'journal' }),
    event('5', 'x:1', { type: 'm' }),
    event('6', 'x:1', { type: 'm' }, { sourceId: 'x:77' }),
    event('7', 'x:1', { type: 'm' }, { sourceId: 'x:1', origin: 'journal' }),
    event('8', 'x:2', { type: 'm' }, { sourceId: 'x:1', origin: 'journal' }),
  ).map(({ from }) => [from.id, from.name, from.kind]);
  expect(froms).toEqual([
    ['client:u1', 'client:Ann', 'client'],
    ['page:abcdefgh/connection', 'page:Ann', 'page'],
    ['page:otherone/connection', 'page:otherone', 'page'],
    ['journal', 'journal', 'journal'],
    ['outside', 'outside', 'outside'],
    ['x:77', 'x:77', 'outside'],
    ['journal', 'journal', 'journal'],
    ['x:1', 'room:general', 'room'],
  ]);
});

it('keeps the names of those who have ended', () => {
  const [message] = messagesOf(
    rows([], [['x:2', 'done']]),
    event('1', 'x:1', { type: 'member.leave' }, { sourceId: 'x:2' }),
  );
  expect(message?.from.name).toBe('session:Ann');
});

it.each([
  [{ type: 'line.probe' }, true],
  [{ type: 'line.heard' }, true],
  [{ type: 'line.doubted' }, true],
  [{ type: 'frame.send', frame: { type: 'ping' } }, true],
  [{ type: 'frame.send', frame: { type: 'pong', ts: 1 } }, true],
  [{ type: 'frame.send', frame: { type: 'message', text: 'ping' } }, false],
  [{ type: 'frame.send' }, false],
  [{ type: 'xstate.after.statsInterval.stats.watched.report.waiting' }, true],
  [{ type: 'xstate.after.eventsGather.stats.watched.feed.gathering' }, false],
  [{ type: 'line.lost' }, false],
])('%j: a heartbeat is %s', (sent, isHeartbeat) => {
  expect(messagesOf(event('1', 'x:3', sent))[0]?.isHeartbeat).toBe(isHeartbeat);
});
