import type { KeptPrivate, Notice, PrivateMessage } from '../../journal/journal.ts';
import { type EncodedFrame, encode } from '../../protocol/encode.ts';
import { mistake } from '../../protocol/errors.ts';
import { PRIVATE_MESSAGES_KEPT } from '../../protocol/limits.ts';

/** The last private messages of a session, both ways, for connections that come back. */
export class Mailbox {
  readonly #kept: KeptPrivate[];
  #notices: Notice[];

  /** @param kept, notices oldest first */
  constructor(kept: readonly KeptPrivate[] = [], notices: readonly Notice[] = []) {
    this.#kept = [...kept];
    this.#notices = [...notices];
  }

  /** Whether there is something that the user has not seen. */
  get hasNews(): boolean {
    return this.#notices.length > 0 || this.#kept.some(({ unread }) => unread);
  }

  /**
   * @param unread whether nobody is there to read it
   * @returns an unread message that had to make room, which can now never be delivered
   */
  keep(
    direction: KeptPrivate['direction'],
    message: PrivateMessage,
    unread: boolean,
  ): PrivateMessage | undefined {
    this.#kept.push({ message, direction, unread });
    if (this.#kept.length <= PRIVATE_MESSAGES_KEPT) return undefined;
    const dropped = this.#kept.shift();
    return dropped?.unread ? dropped.message : undefined;
  }

  /** Keeps what the user is to be told when they come back. */
  keepNotice(notice: Notice): void {
    this.#notices.push(notice);
    if (this.#notices.length > PRIVATE_MESSAGES_KEPT) this.#notices.shift();
  }

  /** The frames that a connection has missed since `cursor`; everything counts as read then. */
  since(cursor: number): EncodedFrame[] {
    const frames = this.#kept
      .filter(({ message }) => message.id > cursor)
      .map(({ message, direction }) => privateFrame(direction, message));
    for (const kept of this.#kept) kept.unread = false;
    frames.push(...this.#notices.map(noticeFrame));
    this.#notices = [];
    return frames;
  }

  unread(): PrivateMessage[] {
    return this.#kept.filter(({ unread }) => unread).map(({ message }) => message);
  }

  /** Without any text: a snapshot may be shown. */
  toJSON(): object {
    return { kept: this.#kept.length, unread: this.unread().length };
  }
}

export function privateFrame(
  direction: KeptPrivate['direction'],
  { id, ts, from, to, text }: PrivateMessage,
): EncodedFrame {
  return direction === 'pm'
    ? encode({ type: 'pm', from: from.name, text, ts, id })
    : encode({ type: 'pm_sent', to: to.name, text, ts, id });
}

export function noticeFrame({ to, ref }: Notice): EncodedFrame {
  const { message, code } = mistake('pm_undelivered', to);
  return encode({ type: 'error', message, code, ref });
}
