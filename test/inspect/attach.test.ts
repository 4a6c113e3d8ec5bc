import { expect, it } from 'vitest';
import { createActor, createMachine, type InspectionEvent, raise } from 'xstate';
import { attach } from '../../src/inspect/attach.ts';

const machine = createMachine({
  initial: 'idle',
  states: {
    idle: { on: { go: { target: 'busy', actions: raise({ type: 'hurry' }) } } },
    busy: { on: { hurry: 'done', stay: {} }, after: { 10000: 'done' } },
    done: { always: 'over' },
    over: { type: 'final' },
  },
});

/** What is told, with what names the transitions. */
function words(inspected: InspectionEvent): string {
  const { _transitions } = inspected as { _transitions?: { eventType: string }[] };
  const event = 'event' in inspected ? inspected.event.type : '';
  return [inspected.type, event, ...(_transitions?.map(({ eventType }) => eventType) ?? [])].join(' ');
}

it('is told what xstate tells its own observers, in that order', () => {
  const actor = createActor(machine);
  const [ours, theirs]: [string[], string[]] = [[], []];
  const detach = attach(actor, (inspected) => ours.push(words(inspected)));
  actor.system.inspect((inspected) => theirs.push(words(inspected)));
  actor.start();
  actor.send({ type: 'go' });
  expect(ours).toEqual(theirs);
  expect(ours).toContain('@xstate.microstep hurry hurry');
  expect(ours).toContain('@xstate.microstep hurry ');

  detach();
});

it('is told nothing more once it has ended', () => {
  const actor = createActor(machine);
  const told: string[] = [];
  const detach = attach(actor, ({ type }) => told.push(type));
  actor.start();
  expect(told.length).toBeGreaterThan(0);
  told.length = 0;
  detach();
  actor.send({ type: 'go' });
  expect(told).toEqual([]);
});

it('finds the place in this release of xstate, and does without it in another', () => {
  const { system } = createActor(machine);
  expect(system).toHaveProperty('_sendInspectionEvent');

  const actor = createActor(machine);
  const told: string[] = [];
  const bare = { system: { inspect: actor.system.inspect } } as unknown as typeof actor;
  const detach = attach(bare, ({ type }) => told.push(type));
  actor.start();
  expect(told).toContain('@xstate.event');
  detach();
  told.length = 0;
  actor.send({ type: 'go' });
  expect(told).toEqual([]);
});
