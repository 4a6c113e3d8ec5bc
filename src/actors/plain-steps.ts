/**
 * The steps that a machine takes most are plain: they run a few functions, and leave the state as it is or turn it into
 * one that begins with nothing. For these, too, xstate makes dozens of sets and arrays, which is most of what a step
 * costs. Here they are taken without, and told to whoever inspects as xstate tells its own; that they are
 * `test/actors/plain-steps.test.ts` holds against xstate itself. All other steps are xstate's.
 */
import type {
  AnyActorScope,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate';

/** @returns what has come of it; undefined when the step is not plain, and then nothing has happened yet */
export function takePlainStep(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: { readonly type: string },
  scope: AnyActorScope,
): AnyMachineSnapshot | undefined {
  const state = typeof snapshot.value === 'string' ? machine.root.states[snapshot.value] : undefined;
  // Stops, ends of delays and errors are xstate's own business.
  if (!state || isRestless(state) || event.type.startsWith('xstate.')) return undefined;
  const transitions = machine.getTransitionData(snapshot, event);
  const step = transitions[0] ? plainStep(machine, transitions[0]) : NOTHING;
  if (!step || (step.target && !isPlainChange(state, step.target))) return undefined;

  const { context } = snapshot;
  const { self, system } = scope;
  const info = { context, event, self, system };
  for (const { type, params, exec } of step.actions) {
    const given = typeof params === 'function' ? params({ context, event }) : params;
    scope.actionExecutor({ type, info, params: given, exec });
  }
  const next = step.target ? snapshotIn(machine, step.target.key, context) : snapshot;
  (system as unknown as Telling)._sendInspectionEvent({
    type: '@xstate.microstep',
    actorRef: self,
    event,
    snapshot: next,
    _transitions: transitions,
  });
  return next;
}

const snapshots = new WeakMap<AnyStateMachine, Map<string, AnyMachineSnapshot>>();

/** A machine's snapshot in a state. All but the context is the same for all its actors, and is made once. */
export function snapshotIn(machine: AnyStateMachine, value: string, context: object): AnyMachineSnapshot {
  const states = snapshots.get(machine) ?? new Map<string, AnyMachineSnapshot>();
  snapshots.set(machine, states);
  const first = states.get(value) ?? machine.resolveState({ value, context: {} });
  states.set(value, first);
  return { ...first, context };
}

/** What a system does with each inspection event; not in xstate's types. */
interface Telling {
  _sendInspectionEvent(inspected: object): void;
}

/** Whether it may be left without an event, so that a further step may follow from whatever the actions change. */
function isRestless({ always, parent }: AnyStateNode): boolean {
  return always !== undefined || parent?.always !== undefined;
}

/** Whether nothing is done on the way from one state to another. */
function isPlainChange(from: AnyStateNode, to: AnyStateNode): boolean {
  return (
    to !== from &&
    to.type === 'atomic' &&
    to.parent === from.parent &&
    from.exit.length + from.invoke.length + to.entry.length + to.invoke.length === 0 &&
    !isRestless(to)
  );
}

interface PlainStep {
  readonly actions: readonly { readonly type: string; readonly params: unknown; readonly exec: () => void }[];
  readonly target?: AnyStateNode | undefined;
}

const NOTHING: PlainStep = { actions: [] };
const known = new WeakMap<AnyTransitionDefinition, PlainStep | 'more'>();

/** What a transition does, if that is no more than to run some functions and go to one state. */
function plainStep(machine: AnyStateMachine, transition: AnyTransitionDefinition): PlainStep | undefined {
  let step = known.get(transition);
  if (step === undefined) {
    step = findPlainStep(machine, transition) ?? 'more';
    known.set(transition, step);
  }
  return step === 'more' ? undefined : step;
}

function findPlainStep(
  { implementations }: AnyStateMachine,
  { target, actions, reenter }: AnyTransitionDefinition,
): PlainStep | undefined {
  if (reenter || (target && target.length !== 1)) return undefined;
  const plain = [];
  for (const action of actions as readonly Named[]) {
    const { type, params } = typeof action === 'string' ? { type: action } : action;
    const exec = implementations.actions[type] as (() => void) | undefined;
    // One written into the chart has no name here; one of xstate's own, such as a raise, has its say in the step.
    if (!exec || 'resolve' in exec) return undefined;
    plain.push({ type, params, exec });
  }
  return { actions: plain, target: target?.[0] };
}

type Named = string | { readonly type: string; readonly params?: unknown };
