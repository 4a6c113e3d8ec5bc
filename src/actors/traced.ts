/** Machines whose steps are watched over. */
import type { AnyStateMachine } from 'xstate';
import { takePlainStep } from './plain-steps.ts';

/** Where an actor has who watches over it. */
export const SUPERVISOR: unique symbol = Symbol('supervisor');

/** An actor that leads to who watches over it, and is told of each step. */
export interface Traced {
  [SUPERVISOR]?: { step<T>(event: unknown, run: () => T): T };
}

const tracedMachines = new WeakMap<AnyStateMachine, AnyStateMachine>();

/** The machine with steps that its supervisor is told of: one for all its actors, since each is a shape of its own. */
export function traced<M extends AnyStateMachine>(machine: M): M {
  const known = tracedMachines.get(machine);
  if (known) return known as M;
  const transition: M['transition'] = (snapshot, event, scope) => {
    const run = () =>
      (takePlainStep(machine, snapshot, event, scope) as typeof snapshot | undefined) ??
      machine.transition(snapshot, event, scope);
    const supervisor = (scope.self as Traced)[SUPERVISOR];
    return supervisor ? supervisor.step(event, run) : run();
  };
  const made: M = Object.create(machine, {
    transition: { value: transition },
    // Those that are begun from were never stored: there is nothing in them to bring back to life.
    restoreSnapshot: { value: (snapshot: unknown) => snapshot },
  });
  tracedMachines.set(machine, made);
  return made;
}
