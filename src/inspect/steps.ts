import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { StateValue, StepFrame, TransitionView } from './wire.ts';

/** What xstate says of a transition that was taken. */
export type Taken = AnyStateMachine['root']['transitions'] extends Map<string, (infer T)[]> ? T : never;

/** One event dealt with, as it was noted when it happened. */
export interface Step {
  sessionId: string;
  at: number;
  eventId: string | null;
  event: string;
  from: StateValue | null;
  to: AnyMachineSnapshot['value'];
  taken: readonly Taken[];
}

/** As JSON: there are as many of these as there are events. */
export function stepFrame({ sessionId, at, eventId, event, from, to, taken }: Step): string {
  const told: Omit<StepFrame, 'transitions'> = {
    type: '@troupe.step',
    sessionId,
    createdAt: String(at),
    eventId,
    event,
    from,
    to,
  };
  return `${JSON.stringify(told).slice(0, -1)},"transitions":[${taken.map(transitionJson).join(',')}]}`;
}

const known = new WeakMap<Taken, string>();

function transitionJson(taken: Taken): string {
  let json = known.get(taken);
  if (json === undefined) {
    json = JSON.stringify(transitionView(taken));
    known.set(taken, json);
  }
  return json;
}

function transitionView(taken: Taken): TransitionView {
  const { source, target, eventType } = taken;
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType);
  return {
    source: source.id,
    target: (target ?? []).map(({ id }) => id),
    event: eventType,
    index: Math.max(0, siblings?.indexOf(taken) ?? 0),
  };
}
