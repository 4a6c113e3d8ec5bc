import type { Stamp } from '../../journal/journal.ts';
import type { Mistake } from '../../protocol/errors.ts';
import type { Asker } from '../connection.ts';
import type { SendLedger } from './send-ledger.ts';

/**
 * Goes along with something that a user wants stored, to whoever stores it: the sender hears by it how it
 * went, even if their session has been replaced by a new one meanwhile.
 */
export class Receipt {
  readonly #asker: Asker;
  readonly #ledger: SendLedger;

  constructor(asker: Asker, ledger: SendLedger) {
    this.#asker = asker;
    this.#ledger = ledger;
    if (asker.ref !== undefined) ledger.open(asker.ref, asker);
  }

  get ref(): string | undefined {
    return this.#asker.ref;
  }

  store({ id, ts }: Stamp, room?: string): void {
    const { ref } = this.#asker;
    if (ref === undefined) return;
    this.#ledger.settle(ref, { type: 'ack', ref, id, room, ts });
  }

  refuse(mistake: Mistake): void {
    const { ref } = this.#asker;
    if (ref === undefined) this.#asker.refuse(mistake);
    else this.#ledger.fail(ref, mistake);
  }
}
