// Imports no machine: `record.setup.ts` must run before the first of them is made.
import type { AnyStateMachine } from 'xstate';

export type Transition = AnyStateMachine['root']['transitions'] extends Map<string, (infer T)[]> ? T : never;

/** The ids of the production machines. */
export const WATCHED: ReadonlySet<string> = new Set(['room', 'session', 'stats']);

/**
 * `session.online message.post [isRepeated]`: a state, an event, and which of its branches. A machine that a test
 * has given other actions has transitions of its own; under this name they are the same.
 */
export function transitionKey({ source, eventType, guard }: Transition): string {
  const branches = eventType === '' ? source.always : source.transitions.get(eventType);
  const event = eventType === '' ? 'always' : eventType.replace(/^xstate\.after\.(\w+)\..*/, 'after $1');
  const branch = guard ? ` [${guardName(guard)}]` : (branches?.length ?? 0) > 1 ? ' [else]' : '';
  return `${source.id} ${event}${branch}`;
}

function guardName(guard: unknown): string {
  return typeof guard === 'object' ? (guard as { type: string }).type : String(guard);
}
