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

export function stepFrame({ sessionId, at, eventId, event, from, to, taken }: Step): StepFrame {
  const transitions = taken.map(transitionView);
  return { type: '@troupe.step', sessionId, createdAt: String(at), eventId, event, from, to, transitions };
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
