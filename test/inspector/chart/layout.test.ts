import Elk from 'elkjs/lib/elk.bundled.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planOf } from '../../../public/inspector/chart/layout/plan.js';
import { readMachine } from '../../../public/inspector/chart/model/machine.js';
import { roomMachine } from '../../../src/actors/room/machine.ts';
import { sessionMachine } from '../../../src/actors/session/machine.ts';
import { statsMachine } from '../../../src/actors/stats/machine.ts';
import { definitionOf } from './definition.ts';
import { orderMachine } from './machines.ts';

const elk = new Elk.default();
/** As wide as most letters are. */
const metrics = { rem: 16, widthOf: (text: string) => 7 * text.length };

const real = [roomMachine, sessionMachine, statsMachine, orderMachine].map(
  (machine) => [machine.id, definitionOf(machine)] as const,
);

test.each(real)('has a place for everything in the machine %s', async (_id, definition) => {
  for (const direction of ['RIGHT', 'DOWN'] as const) await laidOut(definition, direction);
});

test('has a place for everything in any machine', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyMachine(),
      fc.constantFrom('RIGHT' as const, 'DOWN' as const),
      async (config, direction) => {
        await laidOut(JSON.stringify(config), direction);
      },
    ),
    { numRuns: 40, interruptAfterTimeLimit: 20_000 },
  );
}, 60_000);

test('begins an arrow from a state to one in it below what is written in its box', async () => {
  const plan = await laidOut(definitionOf(roomMachine), 'DOWN');
  const room = plan.states.find(({ state }) => state.id === 'room');
  const inward = plan.arrows.find(({ arrow }) => arrow.source === 'room');
  const top = Number(inward?.route.line.match(/^M\S+ (\S+?)L/)?.[1]);
  expect(top).toBe(room?.box.headHeight);
});

async function laidOut(definition: string, direction: 'RIGHT' | 'DOWN') {
  const machine = readMachine(definition);
  if (typeof machine === 'string') throw new Error(machine);
  const plan = await planOf(machine, metrics, direction, (graph) => elk.layout(graph));
  expect(plan.states.map(({ state }) => state.id).sort()).toEqual([...machine.states.keys()].sort());
  const areas = new Map(plan.states.map(({ state, area }) => [state, area]));
  for (const [state, area] of areas) {
    const around = state.parent && areas.get(state.parent);
    if (around) expect(isInside(area, around), state.id).toBe(true);
    for (const sibling of state.parent?.states ?? []) {
      const other = areas.get(sibling);
      if (sibling !== state && other)
        expect(overlap(area, other), `${state.id} and ${sibling.id}`).toBe(false);
    }
  }
  for (const { arrow, route, label } of plan.arrows) {
    const name = `${arrow.source} to ${arrow.target}`;
    expect(route.line, name).toMatch(/^M[-\d. LQ]+$/);
    expect(
      [label.width, label.height].every((side) => side > 0),
      name,
    ).toBe(true);
    for (const [state, area] of areas) {
      if (state.states.length === 0) expect(overlap(label, area), `${name} over ${state.id}`).toBe(false);
    }
  }
  return plan;
}

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

function isInside(inner: Area, outer: Area): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Area, b: Area): boolean {
  const touch = 1;
  return (
    a.x + touch < b.x + b.width &&
    b.x + touch < a.x + a.width &&
    a.y + touch < b.y + b.height &&
    b.y + touch < a.y + a.height
  );
}

/** Of a few states, nested, with transitions from anywhere to anywhere. */
function anyMachine() {
  const keys = ['a', 'b', 'c'];
  const paths = ['a', 'b', 'c', 'a.a', 'a.b', 'b.a', 'b.c', 'c.a', 'a.a.a', 'c.b.a'].map(
    (path) => `#m.${path}`,
  );
  const transition = fc.record(
    {
      target: fc.oneof(fc.constantFrom(...paths), fc.constant('#m')),
      guard: fc.constantFrom('isA', 'isLong'),
    },
    { requiredKeys: [] },
  );
  const { state } = fc.letrec((tie) => ({
    state: fc.record(
      {
        type: fc.constantFrom('parallel', 'final', 'history'),
        initial: fc.constantFrom(...keys),
        entry: fc.array(fc.constantFrom('begin', 'count'), { maxLength: 2 }),
        on: fc.dictionary(
          fc.constantFrom('GO', 'BACK', 'a.long.event'),
          fc.array(transition, { maxLength: 2 }),
        ),
        after: fc.dictionary(fc.constantFrom('1000', 'patience'), transition, { maxKeys: 1 }),
        states: fc.dictionary(fc.constantFrom(...keys), tie('state'), {
          maxKeys: 3,
          depthIdentifier: 'state',
        }),
      },
      { requiredKeys: [] },
    ),
  }));
  return fc.record({
    id: fc.constant('m'),
    initial: fc.constantFrom(...keys),
    on: fc.dictionary(fc.constantFrom('GO', 'OUT'), transition),
    states: fc.dictionary(fc.constantFrom(...keys), state, { minKeys: 1 }),
  });
}
