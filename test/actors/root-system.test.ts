import { expect, it } from 'vitest';
import {
  type AnyActor,
  cancel,
  createActor,
  type InspectionEvent,
  raise,
  SimulatedClock,
  setup,
} from 'xstate';
import { createRoot } from '../../src/actors/root-system.ts';

const machine = setup({
  types: {} as { events: { type: 'go' | 'hurry' | 'calm' | 'fall' | 'ring' } },
  actions: {
    fall: () => {
      throw new Error('fell');
    },
  },
}).createMachine({
  id: 'walker',
  initial: 'idle',
  states: {
    idle: { on: { go: 'busy' } },
    busy: {
      after: { 1000: 'idle' },
      on: {
        hurry: { actions: raise({ type: 'ring' }, { delay: 300, id: 'ring' }) },
        calm: { actions: cancel('ring') },
        ring: 'over',
        fall: { actions: 'fall' },
      },
    },
    over: { type: 'final' },
  },
});

const options = () => ({ id: 'walker', clock: new SimulatedClock() });

/** All that is to be seen of an actor: what xstate tells, what is scheduled, and how it ends. */
function watch(actor: AnyActor): string[] {
  const seen: string[] = [];
  actor.system.inspect((inspected) => seen.push(words(inspected, actor)));
  actor.subscribe({
    next: ({ value }) => seen.push(`is ${value}, to do: ${scheduled(actor)}`),
    error: (error) => seen.push(String(error)),
    complete: () => seen.push(`complete, to do: ${scheduled(actor)}`),
  });
  return seen;
}

function words(inspected: InspectionEvent, actor: AnyActor): string {
  const { type, actorRef, rootId } = inspected;
  expect(actorRef).toBe(actor);
  expect(rootId).toBe(actor.sessionId);
  const source = 'sourceRef' in inspected && inspected.sourceRef === actor ? 'from itself' : '';
  return [type, 'event' in inspected ? JSON.stringify(inspected.event) : '', source].join(' ');
}

function scheduled({ system, sessionId }: AnyActor): string {
  return Object.entries(system.getSnapshot()._scheduledEvents)
    .map(([key, { event, delay, id }]) => `${key.replace(sessionId, '')} ${id} ${event.type} in ${delay}`)
    .join(', ');
}

it.each([
  ['comes to its end by a delay', ['go', 'hurry', 299, 1, 'go']],
  ['gives up a delay', ['go', 'hurry', 'calm', 400, 600, 'go', 'hurry', 300]],
  ['goes back, and forgets what it was to do', ['go', 999, 1, 'go', 'hurry', 'hurry', 1_000]],
  ['fails with something to do', ['go', 'hurry', 'fall', 1_000]],
  ['is stopped with something to do', ['go', 'hurry', 'stop', 1_000]],
] as const)('an actor that %s is seen as if its system were xstate’s', (_, deeds) => {
  const [theirs, ours] = [options(), options()];
  const actors = [createActor(machine, theirs), createRoot(machine, ours)] as const;
  const [expected, seen] = [watch(actors[0]), watch(actors[1])];
  for (const actor of actors) actor.start();
  for (const deed of deeds) {
    for (const [actor, { clock }] of [
      [actors[0], theirs],
      [actors[1], ours],
    ] as const) {
      if (typeof deed === 'number') clock.increment(deed);
      else if (deed === 'stop') actor.stop();
      else actor.send({ type: deed });
    }
  }
  expect(seen).toEqual(expected);
  expect(seen.length).toBeGreaterThan(10);
  expect(actors[1].getSnapshot().status).toBe(actors[0].getSnapshot().status);
});

it('tells nothing to who looks no longer', () => {
  const actor = createRoot(machine, options());
  const told: string[] = [];
  const looking = actor.system.inspect({ next: ({ type }) => void told.push(type) });
  actor.start();
  looking.unsubscribe();
  told.length = 0;
  actor.send({ type: 'go' });
  expect(told).toEqual([]);
});

it('is told from every other one', () => {
  const ids = Array.from({ length: 3 }, () => createRoot(machine, options()).sessionId);
  expect(new Set(ids).size).toBe(3);
});
