import type { CloseReason } from '../protocol/close-codes.ts';
import { type Mistake, mistake } from '../protocol/errors.ts';

/** What events carry of those who are to be told: the asker, the receipt of a send, a new connection. */
export interface Told {
  type: string;
  asker?: { refuse(what: Mistake): void } | undefined;
  receipt?: { refuse(what: Mistake): void } | undefined;
  connection?: { close(reason: CloseReason): void } | undefined;
}

/** A request that somebody is told has failed is not tried again: whoever asked may do so. */
export function canBeRetried(event: Told): boolean {
  if (event.type.startsWith('xstate.')) return false;
  const isFact = /\.(committed|failed|refused)/.test(event.type);
  return isFact || (event.receipt ?? event.asker) === undefined;
}

/** The client that met the bug hears of it: one with a request by an error, one that can't be let in by a close. */
export function giveUp(event: Told | undefined): void {
  (event?.receipt ?? event?.asker)?.refuse(mistake('internal'));
  event?.connection?.close('broken');
}
