/**
 * Who is at work at this moment. Between root actors xstate does not know who sent an event, since each is a system
 * of its own; but whatever is sent while an actor is at work was sent by it.
 */
import type { AnyActor } from 'xstate';

export interface Sender {
  readonly actor: AnyActor;
  /** What set it to work when that was no event: the journal told it of something it had appended. */
  readonly cause?: 'journal';
}

let current: Sender | undefined;

export function currentSender(): Sender | undefined {
  return current;
}

/** Runs something in the name of an actor; the one who was at work before goes on afterwards. */
export function inNameOf<T>(sender: Sender, run: () => T): T {
  const before = current;
  current = sender;
  try {
    return run();
  } finally {
    current = before;
  }
}
