import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** A transition as it is drawn. */
export interface Drawn {
  /** Or the delay, or `always`. */
  event: string;
  /** The guard; empty when there is none. */
  condition: string;
  /** None when the state takes the event and stays. */
  targets: readonly AnyStateNode[];
}

/** The transitions that a state itself has, in the order in which they are tried. */
export function transitionsOf(node: AnyStateNode): Drawn[] {
  const onEvents = [...node.transitions.values()].flatMap((candidates) => choices(candidates, node));
  return [...choices(node.always ?? [], node), ...onEvents];
}

/** Transitions for one event: the one without a guard after some with one is what happens else. */
function choices(candidates: readonly AnyTransitionDefinition[], node: AnyStateNode): Drawn[] {
  return candidates.map((transition, i) => {
    const condition = transition.guard ? guardWords(transition.guard) : i > 0 ? 'else' : '';
    const event = eventWords(transition.eventType, node);
    return { event: plain(event), condition: plain(condition), targets: transition.target ?? [] };
  });
}

function eventWords(type: string, node: AnyStateNode): string {
  if (type === '') return 'always';
  const delayed = node.after.find(({ eventType }) => eventType === type);
  if (delayed) return `after ${typeof delayed.delay === 'number' ? `${delayed.delay} ms` : delayed.delay}`;
  if (type.startsWith('xstate.done.state.')) return 'done';
  return type.replace(/^xstate\.(done|error)\.actor\.(.*)$/, '$1 $2');
}

type Guard = string | { type: string } | (((...args: never[]) => boolean) & { guards?: Guard[] });

function guardWords(guard: Guard): string {
  if (typeof guard === 'string') return guard;
  if (typeof guard === 'object') return guard.type;
  if (!guard.guards) return guard.name || 'inline guard';
  const parts = guard.guards.map(guardWords);
  return guard.name === 'not' ? `not ${parts[0]}` : parts.join(` ${guard.name} `);
}

/** Colons, semicolons and hashes mean something to mermaid. */
function plain(words: string): string {
  return words.replace(/[:;#]/g, '.');
}
