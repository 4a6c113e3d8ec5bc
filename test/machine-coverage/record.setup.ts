// Runs before every test file of the server: notes what each production machine does in it. See docs/TESTING.md.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { Actor, type AnyStateMachine, type InspectionEvent, StateMachine } from 'xstate';
import { type Transition, transitionKey, WATCHED } from './keys.ts';

declare global {
  /** States and transitions, by the key under which the table counts them: of all files that this worker has run. */
  var takenByMachines: Set<string> | undefined;
}

const isFirstFile = globalThis.takenByMachines === undefined;
globalThis.takenByMachines ??= new Set();
const taken = globalThis.takenByMachines;
/** A machine has few transitions and an actor takes thousands: each is named once. */
const named = new WeakMap<Transition, string>();

// A machine's initial snapshot is made within `createActor`, before anybody can get hold of the actor; only
// here, at the source of all snapshots, are the steps that lead to it seen too. What sits on `living.watcher`
// (the inspector does) is left alone: xstate lets any number of observers watch an actor.
if (isFirstFile) {
  const original = StateMachine.prototype.getInitialSnapshot;
  StateMachine.prototype.getInitialSnapshot = function (this: AnyStateMachine, scope, input) {
    if (WATCHED.has(this.id)) scope.system.inspect(note);
    return original.call(this, scope, input);
  };
  // One that begins in a given state makes none.
  const start = Actor.prototype.start;
  Actor.prototype.start = function () {
    if (this.options.snapshot && WATCHED.has((this.logic as AnyStateMachine).id)) this.system.inspect(note);
    return start.call(this);
  };
}

function note(inspected: InspectionEvent): void {
  if (inspected.type !== '@xstate.microstep') return;
  const { snapshot, _transitions } = inspected as unknown as Microstep;
  for (const { id } of snapshot._nodes) taken.add(id);
  for (const transition of _transitions) {
    let key = named.get(transition);
    if (key === undefined) {
      key = transitionKey(transition);
      named.set(transition, key);
    }
    taken.add(key);
    // A state that is left at once, by an `always`, is in no snapshot.
    taken.add(transition.source.id);
  }
}

/** What xstate's types leave out of a microstep. */
interface Microstep {
  snapshot: { _nodes: { id: string }[] };
  _transitions: Transition[];
}

afterAll(() => {
  writeFileSync(join(inject('takenDir'), `${randomUUID()}.json`), JSON.stringify([...taken]));
});
