import { describe, expect, it, test } from 'vitest';
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { readMachine } from '../../../public/inspector/chart/model/machine.js';
import { presentStates, stateWords } from '../../../public/inspector/chart/model/present.js';
import { roomMachine } from '../../../src/actors/room/machine.ts';
import { sessionMachine } from '../../../src/actors/session/machine.ts';
import { statsMachine } from '../../../src/actors/stats/machine.ts';
import { definitionOf } from './definition.ts';
import { orderMachine } from './machines.ts';

const machines: AnyStateMachine[] = [roomMachine, sessionMachine, statsMachine, orderMachine];

describe.each(machines.map((machine) => [machine.id, machine] as const))(
  'of the machine %s',
  (_id, machine) => {
    const read = readWhole(definitionOf(machine));
    const nodes = [machine.root, ...nodesIn(machine.root)];

    it('knows the states that XState makes of it', () => {
      const known = [...read.states.values()].map(({ id, kind, parent }) => [id, kind, parent?.id]);
      expect(known).toEqual(nodes.map(({ id, type, parent }) => [id, type, parent?.id]));
    });

    it('tells its transitions apart as XState does, and knows where they lead', () => {
      for (const node of nodes) {
        const state = read.states.get(node.id);
        const groups = [['', node.always ?? []] as const, ...node.transitions];
        const taken = groups.flatMap(([event, transitions]) =>
          transitions.map(({ target }, index) => [event, index, target?.map(({ id }) => id) ?? []]),
        );
        const known = state?.transitions.map(({ event, index, targets }) => [event, index, targets]);
        expect(known?.sort(byText), node.id).toEqual(taken.sort(byText));
      }
    });

    it('knows where each state begins', () => {
      for (const node of nodes.filter(({ type }) => type === 'compound')) {
        expect(read.states.get(node.id)?.initial).toEqual(node.initial.target?.map(({ id }) => id));
      }
    });
  },
);

describe('says in words', () => {
  const { states } = readWhole(definitionOf(orderMachine));
  const wordsOf = (id: string) =>
    states.get(id)?.transitions.map(({ words, guard }) => (guard ? `${words} [${guard}]` : words));

  it('what brings a transition about', () => {
    expect(wordsOf('order.cart')).toEqual([
      'ADD',
      'CHECKOUT [isEmpty]',
      'CHECKOUT [isValid]',
      'CHECKOUT [else]',
      'AGAIN',
      'any other event',
    ]);
    expect(wordsOf('order.checkout.payment')).toEqual([
      'PAUSE',
      'after 30 s',
      'after patience [isTired]',
      'after patience [else]',
      'watchStock changed',
      'chargeCard done',
      'chargeCard failed',
    ]);
    expect(wordsOf('order.shipping')).toEqual(['BOTH', 'done']);
    expect(wordsOf('lost')?.[0]).toBe('always [and]');
  });

  it('what a state does', () => {
    expect(states.get('order.cart')?.entry).toEqual(['loadCart', 'greet']);
    expect(states.get('order.shipping')?.exit).toEqual(['closeUp']);
    expect(states.get('order.checkout.payment')?.invokes.map(({ name }) => name)).toEqual([
      'watchStock',
      'chargeCard',
    ]);
  });
});

test('knows which transitions stay, and which begin their state anew', () => {
  const { states } = readWhole(definitionOf(orderMachine));
  const find = (event: string) => states.get('order.cart')?.transitions.find((each) => each.event === event);
  expect(find('ADD')).toMatchObject({ targets: [], isReentering: false, actions: ['addItem'] });
  expect(find('AGAIN')).toMatchObject({ targets: ['order.cart'], isReentering: true });
});

test('joins guards that are made of others', () => {
  const guard = { type: 'and', guards: ['isOpen', { type: 'not', guards: [{ type: 'isLate' }] }] };
  const { root } = readWhole(JSON.stringify({ id: 'm', states: { a: {} }, always: { guard, actions: 'a' } }));
  expect(root.transitions[0]?.guard).toBe('isOpen and not isLate');
});

test('knows all the states that an actor is in', () => {
  const machine = readWhole(definitionOf(statsMachine));
  const value = { watched: { feed: 'calm', report: 'waiting' } };
  expect([...presentStates(machine, value)].map(({ id }) => id)).toEqual([
    'stats',
    'stats.watched',
    'stats.watched.feed',
    'stats.watched.feed.calm',
    'stats.watched.report',
    'stats.watched.report.waiting',
  ]);
  expect(stateWords(value)).toBe('watched.feed.calm, watched.report.waiting');
  expect(presentStates(machine, undefined).size).toBe(0);
  expect([...presentStates(machine, 'nowhere')].map(({ id }) => id)).toEqual(['stats']);
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '"room"',
  '{}',
  '{"id":"worker"}',
  '{"id":"m","states":{}}',
  '{"id":"m","states":[1]}',
])('says why there is no chart of %s', (definition) => {
  expect(readMachine(definition)).toMatch(/^[A-Z“].*\.$/);
});

test.each([
  { initial: 7, states: { a: null, b: 'x', c: [], d: { on: 3, entry: [null, {}, 4] } } },
  {
    initial: { target: ['a', 'nowhere'] },
    states: { a: { on: { E: ['#', '#x.y', '.', '..', 'b.c', { target: {} }] } } },
  },
  {
    states: {
      a: { id: 'same' },
      b: { id: 'same' },
      c: { invoke: [null, 'x', { src: {} }], after: { '': 'a' } },
    },
  },
  { states: { a: { type: 'parallel' }, b: { type: 'history' }, c: { type: 'odd', states: { d: {} } } } },
  JSON.parse(`{ "states": { "__proto__": { "on": { "__proto__": "constructor" } }, "constructor": {} } }`),
  { states: { deep: nested(200) } },
  { states: Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`s${i}`, {}])) },
])('reads what is well-formed in %j', (config) => {
  const machine = readWhole(JSON.stringify({ id: 'm', ...config }));
  for (const { initial, transitions } of machine.states.values()) {
    const targets = [...initial, ...transitions.flatMap(({ targets }) => targets)];
    expect(targets.filter((id) => !machine.states.has(id))).toEqual([]);
  }
});

function readWhole(definition: string) {
  const machine = readMachine(definition);
  if (typeof machine === 'string') throw new Error(machine);
  return machine;
}

function nodesIn(node: AnyStateNode): AnyStateNode[] {
  return Object.values(node.states).flatMap((child) => [child, ...nodesIn(child)]);
}

function nested(depth: number): object {
  return depth === 0 ? {} : { initial: 'in', states: { in: nested(depth - 1) } };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
