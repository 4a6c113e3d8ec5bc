/** Private messages: through the journal like everything else, then to both sessions. */
import type { PrivateMessage } from '../../journal/journal.ts';
import { encode } from '../../protocol/encode.ts';
import { mistake } from '../../protocol/errors.ts';
import { append } from '../append.ts';
import type { SessionContext } from './context.ts';
import type { SessionEvent } from './events.ts';
import { privateFrame } from './mailbox.ts';
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
    const message = { ...outcome.stamp, from, to, text, ref: asker.ref };
    self.send({ type: 'private.sent', message });
    receipt.store(outcome.stamp);
    const { directory, stats } = world;
    const session = directory.session(to.id);
    if (session) session.send({ type: 'private.arrived', message });
    else self.send({ type: 'private.undelivered', to: to.name, ref: asker.ref });
    stats.send({ type: 'private.sent' });
  });
}

export function keepSent({ record }: SessionContext, message: PrivateMessage): void {
  record.mailbox.keep('pm_sent', message, false);
  record.outbox.send(privateFrame('pm_sent', message));
}

/** Keeps it, shows it if anybody is there; one that is crowded out unread is given back to its sender. */
export function keepArrived(session: SessionContext, message: PrivateMessage): void {
  const { record } = session;
  const dropped = record.mailbox.keep('pm', message, !record.outbox.isOpen);
  record.outbox.send(privateFrame('pm', message));
  if (dropped) giveBack(session, dropped);
}

/** The session ends: who wrote to it while it was away must know that nobody has read it. */
export function giveBackUnread(session: SessionContext): void {
  for (const message of session.record.mailbox.unread()) giveBack(session, message);
}

export function tellUndelivered({ record }: SessionContext, { to, ref }: Of<'private.undelivered'>): void {
  const { message, code } = mistake('pm_undelivered', to);
  const frame = encode({ type: 'error', message, code, ref });
  if (record.outbox.isOpen) record.outbox.send(frame);
  else record.mailbox.keepNotice(frame);
}

function giveBack({ world }: SessionContext, { from, to, ref }: PrivateMessage): void {
  world.directory.session(from.id)?.send({ type: 'private.undelivered', to: to.name, ref });
}
