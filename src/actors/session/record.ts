import type { Party } from '../../journal/journal.ts';
import type { Clock } from '../clock.ts';
import { Outbox } from '../outbox.ts';
import type { Member } from '../room/roster.ts';
import type { Limits } from '../world.ts';
import { Budget } from './budget.ts';
import { Mailbox } from './mailbox.ts';
import { SendLedger } from './send-ledger.ts';

/** A join that was accepted: the member it makes of the user, and whether it has been committed. */
export interface Membership {
  readonly member: Member;
  isCommitted: boolean;
}

/**
 * All that a session is, apart from what it is doing: what a new actor takes over when one has crashed. It is
 * changed in place, by its actor alone.
 */
export class SessionRecord {
  readonly id: string;
  /** The digest of the secret; the secret itself is kept nowhere. Private, so that no snapshot shows it. */
  readonly #digest: string;
  /** Whether the user has been told who they are. */
  isGreeted = false;
  /** As accepted: what the user says from now on is said under it. */
  name: string;
  /** As committed: what others have been told. */
  toldName: string;
  /** Accepted and not yet settled, the oldest first. */
  readonly pendingNames: string[] = [];
  /** The rooms that the user is in, as far as accepted: a request that follows on a join may count on it. */
  readonly rooms = new Map<string, Membership>();
  readonly outbox = new Outbox();
  readonly mailbox: Mailbox;
  readonly ledger: SendLedger;
  /** The id of the ended session that the ledger began in. */
  readonly former: string | undefined;
  readonly frames: Budget;
  readonly typingFrames: Budget;

  constructor(
    identity: { id: string; digest: string; name: string },
    clock: Clock,
    limits: Limits,
    {
      ledger,
      former,
      mailbox,
    }: { ledger?: SendLedger | undefined; former?: string | undefined; mailbox?: Mailbox } = {},
  ) {
    this.id = identity.id;
    this.#digest = identity.digest;
    this.name = identity.name;
    this.toldName = identity.name;
    this.mailbox = mailbox ?? new Mailbox();
    this.ledger = ledger ?? new SendLedger(clock);
    this.former = former;
    this.frames = new Budget(clock, limits.rateBurst, limits.ratePerSecond);
    this.typingFrames = new Budget(clock, limits.rateBurst, limits.ratePerSecond);
  }

  get digest(): string {
    return this.#digest;
  }

  get party(): Party {
    return { id: this.id, name: this.name };
  }

  toJSON(): object {
    const { id, name, rooms, outbox, mailbox, ledger } = this;
    return { id, name, rooms: [...rooms.keys()], outbox, mailbox, ledger };
  }
}
