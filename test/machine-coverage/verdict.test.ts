import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { machines, statesOf, transitionsOf } from './machines.ts';
import { judge } from './verdict.ts';

const door = setup({ guards: { isLocked: () => false } }).createMachine({
  id: 'door',
  initial: 'shut',
  states: { shut: { on: { push: [{ guard: 'isLocked' }, { target: 'open' }] } }, open: {} },
});
const everything = new Set([...statesOf(door), ...transitionsOf(door)]);
const without = (...keys: string[]) => new Set([...everything].filter((key) => !keys.includes(key)));

describe('the verdict on what was taken', () => {
  it('is a table, and no fault when all was taken', () => {
    const { table, faults } = judge([door], everything, {});
    expect(table.split('\n')[1]).toMatch(/^door +3 of 3 +2 of 2 +$/);
    expect(faults).toEqual([]);
  });

  it('names a state and a branch that no test takes', () => {
    const { table, faults } = judge([door], without('door.open', 'door.shut push [isLocked]'), {});
    expect(table).toMatch(/2 of 3 +1 of 2/);
    expect(faults).toEqual(['no test takes: door.open', 'no test takes: door.shut push [isLocked]']);
  });

  it('lets go what is listed with a reason, and shows that', () => {
    const { table, faults } = judge([door], without('door.open'), { 'door.open': 'it is stuck' });
    expect(table).toContain('2 of 3 (1 excused)');
    expect(faults).toEqual([]);
  });

  it('names a reason that holds no longer', () => {
    const { faults } = judge([door], everything, { 'door.open': 'it was stuck', 'door.ajar': 'it was' });
    expect(faults).toEqual([
      'excused, and taken after all: door.open',
      'excused, and there is no such thing: door.ajar',
    ]);
  });
});

it('every state and transition has a name of its own', () => {
  const all = machines.flatMap((machine) => [...statesOf(machine), ...transitionsOf(machine)]);
  expect(new Set(all).size).toBe(all.length);
});
