/** Private messages: through the journal like everything else, then to both sessions. */
import type { PrivateMessage } from '../../journal/journal.ts';
import { mistake } from '../../protocol/errors.ts';
import { append } from '../append.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';
import { noticeFrame, privateFrame } from './mailbox.ts';
import { Receipt } from './receipt.ts';

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function sendPrivate(
  { record, self, world }: SessionContext,
  { to: name, text, asker }: Of<'private.send'>,
): void {
  const to = world.directory.bearer(name);
  if (!to) return;
  const receipt = new Receipt(asker, record.ledger);
  const from = record.party;
  const unread = !world.directory.isOnline(to.id);
  append({ self, world }, { kind: 'private', from, to, text, unread, ref: asker.ref }, (outcome) => {
    if (!outcome.ok) {
      receipt.refuse(mistake('storage_failed', 'store your private message'));
      return;
    }
    const { stamp } = outcome;
    // Field by field: V8 makes a hash table of a spread with so many more behind it, and two hundred a user are kept.
    const message = { id: stamp.id, ts: stamp.ts, from, to, text, ref: asker.ref };
    self.send({ type: 'private.sent', message });
    receipt.store(stamp);
    const { counts, directory } = world;
    counts.private_messages_total += 1;
    const session = directory.session(to.id);
    if (session) session.send({ type: 'private.arrived', message, unread });
    else self.send({ type: 'private.undelivered', to: to.name, ref: asker.ref });
  });
}

export function keepSent({ record }: SessionContext, message: PrivateMessage): void {
  record.mailbox.keep('pm_sent', message, false);
  record.outbox.send(privateFrame('pm_sent', message));
}

/** Keeps it, shows it if anybody is there; one that is crowded out unread is given back to its sender. */
export function keepArrived(session: SessionContext, { message, unread }: Of<'private.arrived'>): void {
  const { record, self, world } = session;
  const isUnread = !record.outbox.isOpen;
  const dropped = record.mailbox.keep('pm', message, isUnread);
  record.outbox.send(privateFrame('pm', message));
  if (isUnread !== unread) {
    // They have come or gone since it was accepted, and that is how it was stored.
    const mark = { id: message.id, unread: isUnread };
    append({ self, world }, { kind: 'private.marked', user: record.party, ...mark }, () => {});
  }
  if (dropped) giveBack(session, dropped);
}

/** The session ends: who wrote to it while it was away must know that nobody has read it. */
export function giveBackUnread(session: SessionContext): void {
  for (const message of session.record.mailbox.unread()) giveBack(session, message);
}

/** One who is away hears of it when they come back, also after a restart. */
export function tellUndelivered(
  { record, self, world }: SessionContext,
  { to, ref }: Of<'private.undelivered'>,
): void {
  const notice = { to, ref };
  if (record.outbox.isOpen) {
    record.outbox.send(noticeFrame(notice));
    return;
  }
  record.mailbox.keepNotice(notice);
  append({ self, world }, { kind: 'private.undelivered', user: record.party, notice }, () => {});
}

function giveBack({ world }: SessionContext, { from, to, ref }: PrivateMessage): void {
  world.directory.session(from.id)?.send({ type: 'private.undelivered', to: to.name, ref });
}
