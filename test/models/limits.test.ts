/** What the library passes over in silence, or never ends over, is caught here. */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assign, type EventObject, fromPromise, getNextSnapshot, setup } from 'xstate';
import { createTestModel } from 'xstate/graph';
import { all } from './all.ts';
import { hasFewSimplePaths, SIMPLE_PATHS_MAX, shortestPaths, simplePaths, transitionsOf } from './model.ts';

describe.each(all.map(({ model, steps }) => [model.machine.id, model, steps] as const))(
  'the model of a %s',
  (_, model, steps) => {
    const { machine, events } = model;

    it('has an executor for every event and an assertion for every state', () => {
      expect(Object.keys(steps.executors).sort()).toEqual([...machine.events].sort());
      expect(Object.keys(steps.assertions).sort()).toEqual(Object.keys(machine.states).sort());
    });

    it('gives every event two or three payloads, each another', () => {
      // An event that is not listed would happen without a payload.
      for (const type of machine.events) {
        const payloads = events.filter((event) => event.type === type).map((event) => JSON.stringify(event));
        expect(payloads.length, type).toBeGreaterThanOrEqual(2);
        expect(new Set(payloads).size, type).toBe(payloads.length);
      }
    });

    it('has states by name alone, none within another', () => {
      // `matches` of a state is true of those within it: an assertion would be made that was not meant.
      expect(Object.values(machine.states).filter(({ states }) => Object.keys(states).length > 0)).toEqual(
        [],
      );
    });

    it('keeps in its context what is plain and finite', () => {
      // A Set and a Map are written as {}, all of them, and two states would be taken for one.
      const contexts = transitionsOf(model).map(({ nextState }) => nextState.context);
      for (const context of contexts) {
        expect(Object.values(context).map((value) => typeof value)).toEqual(
          Object.values(context).map(() => 'string'),
        );
      }
    });

    it('is walked through every state, and does in each of them all that can be done', () => {
      const paths = shortestPaths(model);
      const reached = paths.flatMap(({ steps }) => steps.map(({ state }) => state.value));
      expect([...new Set(reached)].sort()).toEqual(Object.keys(machine.states).sort());
      const walked = new Set(
        paths.flatMap(({ steps: [, ...steps] }) => steps.map(({ event }) => JSON.stringify(event))),
      );
      expect(walked).toEqual(new Set(events.map((event) => JSON.stringify(event))));
      expect(new Set(paths.flatMap(stepsOf))).toEqual(
        new Set(transitionsOf(model).map(({ state, event }) => keyOf(state, event))),
      );
    });

    it('has paths on which every state is the one that comes of the events before it', () => {
      for (const { steps } of [
        ...shortestPaths(model),
        ...(hasFewSimplePaths(model) ? simplePaths(model) : []),
      ]) {
        steps.slice(1).forEach(({ event, state }, i) => {
          const { value, context } = getNextSnapshot(machine, steps[i]?.state as never, event);
          expect([state.value, state.context]).toEqual([value, context]);
        });
      }
    });

    it('has its simple paths walked only when they are few', () => {
      if (hasFewSimplePaths(model)) expect(simplePaths(model).length).toBeLessThanOrEqual(SIMPLE_PATHS_MAX);
      else expect(() => simplePaths(model)).toThrow('too many simple paths');
    });
  },
);

it('every model is in the list', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.model.ts'));
  expect(all).toHaveLength(files.length);
});

describe('xstate’s test models', () => {
  it('refuse what takes time or does work', () => {
    const waiting = setup({}).createMachine({
      initial: 'one',
      states: { one: { after: { 10: 'two' } }, two: {} },
    });
    expect(() => createTestModel(waiting)).toThrow('After events');
    const working = setup({ actors: { work: fromPromise(async () => {}) } }).createMachine({
      invoke: { src: 'work' },
    });
    expect(() => createTestModel(working)).toThrow('Invocations');
  });

  it('pass over a missing executor and a missing assertion in silence, which is why there is a test', async () => {
    const door = setup({}).createMachine({
      initial: 'shut',
      states: { shut: { on: { push: 'open' } }, open: {} },
    });
    for (const path of createTestModel(door).getShortestPaths()) await path.test({ events: {}, states: {} });
  });

  it('never end over a context that counts, and are stopped', () => {
    const counting = setup({
      types: {} as { context: { n: number }; events: { type: 'count'; by: number } },
    }).createMachine({
      context: { n: 0 },
      initial: 'counting',
      states: { counting: { on: { count: { actions: assign(({ context: { n } }) => ({ n: n + 1 })) } } } },
    });
    expect(() => transitionsOf({ machine: counting, events: [{ type: 'count', by: 1 }] })).toThrow(
      'limit exceeded',
    );
  });
});

function stepsOf({ steps }: { steps: { state: Snapshot; event: EventObject }[] }): string[] {
  return steps.slice(1).map(({ event }, i) => keyOf(steps[i]?.state as Snapshot, event));
}

interface Snapshot {
  value: unknown;
  context: object;
}

function keyOf({ value, context }: Snapshot, event: EventObject): string {
  return JSON.stringify([value, { ...context, answer: undefined }, event]);
}
