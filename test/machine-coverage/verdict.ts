import type { AnyStateMachine } from 'xstate';
import { statesOf, transitionsOf } from './machines.ts';

export interface Verdict {
  /** A table by machine. */
  table: string;
  /** What fails the run, in lines to read. */
  faults: string[];
}

/**
 * Holds what was taken against what there is.
 * @param reasons of what need not be taken, by key
 */
export function judge(
  machines: readonly AnyStateMachine[],
  taken: ReadonlySet<string>,
  reasons: Readonly<Record<string, string>>,
): Verdict {
  const isTaken = (key: string) => taken.has(key);
  const rows = machines.map((machine) => {
    const cells = [statesOf(machine), transitionsOf(machine)].map((all) => {
      const excused = all.filter((key) => !isTaken(key) && key in reasons).length;
      return `${all.filter(isTaken).length} of ${all.length}${excused > 0 ? ` (${excused} excused)` : ''}`;
    });
    return [machine.id, ...cells];
  });
  const all = machines.flatMap((machine) => [...statesOf(machine), ...transitionsOf(machine)]);
  const faults = [
    ...all.filter((key) => !isTaken(key) && !(key in reasons)).map((key) => `no test takes: ${key}`),
    ...Object.keys(reasons).flatMap((key) => {
      if (!all.includes(key)) return [`excused, and there is no such thing: ${key}`];
      return isTaken(key) ? [`excused, and taken after all: ${key}`] : [];
    }),
  ];
  return { table: layOut([['machine', 'states taken', 'transitions taken'], ...rows]), faults };
}

function layOut(rows: string[][]): string {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(width(i) + 2)).join('')).join('\n');
}
