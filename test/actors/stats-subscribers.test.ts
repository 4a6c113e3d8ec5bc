import { expect, it } from 'vitest';
import { createActor } from 'xstate';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { EVENTS_GATHER_MS } from '../../src/protocol/limits.ts';
import { SteppedClock } from '../support/clock.ts';
import { newStatsRecord } from '../support/stats-record.ts';

const gauges = () => ({ uptime: 1, connections: 2, memory_bytes: 3, data_bytes: 4 });

function statistics() {
  const clock = new SteppedClock();
  const record = newStatsRecord(clock);
  const actor = createActor(statsMachine, { input: { record, gauges }, clock }).start();
  const create = (id: number) => actor.send({ type: 'room.created', room: `room${id}`, by: 'Ann', id });
  /** @returns the ids and types of the events that the subscriber is sent from now on */
  const subscribe = (lastEventId?: string) => {
    const texts: string[] = [];
    const subscriber = { send: (text: string) => void texts.push(text) };
    actor.send({ type: 'subscriber.join', subscriber, lastEventId });
    return () => {
      const events = texts.join('').matchAll(/(?:^id: (\d+)\n)?^event: (\w+)$/gm);
      return [...events].map(([, id, type]) => (id ? `${type} ${Number(id) - FIRST}` : type));
    };
  };
  return { clock, create: (nth: number) => create(FIRST + nth), subscribe };
}

/** Above any id that a clock gives. */
const FIRST = 9_000_000_000_000_000;

it('gives who comes while events are gathered each of them once', () => {
  const { clock, create, subscribe } = statistics();
  const early = subscribe();
  create(1);
  expect(early()).toEqual(['stats', 'room_created 1']);
  // An event came just now: these wait.
  create(2);
  create(3);
  expect(early()).toEqual(['stats', 'room_created 1']);
  const late = subscribe(String(FIRST + 1));
  clock.increment(EVENTS_GATHER_MS);
  expect(late()).toEqual(['room_created 2', 'room_created 3', 'stats']);
  expect(early()).toEqual(['stats', 'room_created 1', 'room_created 2', 'room_created 3']);
});

it('leaves an event at once after a time without any', () => {
  const { clock, create, subscribe } = statistics();
  const got = subscribe();
  create(1);
  clock.increment(EVENTS_GATHER_MS - 1);
  create(2);
  expect(got()).not.toContain('room_created 2');
  clock.increment(1);
  expect(got()).toContain('room_created 2');
  clock.increment(EVENTS_GATHER_MS);
  create(3);
  expect(got()).toContain('room_created 3');
});
