/** What is shown of events. */
import { isCommand, isPublic } from '../commands/registry.ts';
import { viewOf } from './view.ts';

export interface AnyEvent {
  readonly type: string;
}

/**
 * An event as viewers see it. What people write to each other in private is shown only where the operator has
 * said so, and a `/pm` is such a writing too.
 */
export function eventView(event: AnyEvent, isPrivateShown: boolean): { type: string } {
  // Its input is the context, which the actor's frame shows.
  if (event.type === 'xstate.init') return { type: event.type };
  const hidden = !isPrivateShown && isPrivate(event) ? TEXT : undefined;
  return viewOf(event, hidden) as { type: string };
}

function isPrivate(event: AnyEvent & { text?: unknown }): boolean {
  if (event.type.startsWith('private.')) return true;
  return typeof event.text === 'string' && isCommand(event.text) && !isPublic(event.text);
}

const TEXT: ReadonlySet<string> = new Set(['text']);
