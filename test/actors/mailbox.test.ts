import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mailbox, privateFrame } from '../../src/actors/session/mailbox.ts';
import type { PrivateMessage } from '../../src/journal/journal.ts';
import { PRIVATE_MESSAGES_KEPT } from '../../src/protocol/limits.ts';

describe('the mailbox of a session', () => {
  it('has the last messages both ways, and gives back whom it drops unread', () => {
    const event = fc.oneof(
      { weight: 9, arbitrary: fc.record({ unread: fc.boolean(), sent: fc.boolean() }) },
      { weight: 1, arbitrary: fc.constant('come back' as const) },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 250, size: 'max' }), fc.nat(260), (events, cursor) => {
        const mailbox = new Mailbox();
        expect(mailbox.hasNews).toBe(false);
        let model: { id: number; sent: boolean; unread: boolean }[] = [];
        for (const [i, each] of events.entries()) {
          if (each === 'come back') {
            mailbox.since(0);
            model = model.map((kept) => ({ ...kept, unread: false }));
            continue;
          }
          const direction = each.sent ? 'pm_sent' : 'pm';
          const unread = each.unread && !each.sent;
          const dropped = mailbox.keep(direction, message(i + 1), unread);
          model.push({ id: i + 1, sent: each.sent, unread });
          const gone = model.length > PRIVATE_MESSAGES_KEPT ? model.shift() : undefined;
          expect(dropped?.id).toBe(gone?.unread ? gone.id : undefined);
        }
        expect(mailbox.unread().map(({ id }) => id)).toEqual(
          model.filter(({ unread }) => unread).map(({ id }) => id),
        );
        expect(mailbox.hasNews).toBe(model.some(({ unread }) => unread));
        const frames = mailbox.since(cursor).map(({ json }) => JSON.parse(json));
        const expected = model.filter(({ id }) => id > cursor);
        expect(frames.map(({ id, type }) => [id, type])).toEqual(
          expected.map(({ id, sent }) => [id, sent ? 'pm_sent' : 'pm']),
        );
        expect(mailbox.unread()).toEqual([]);
      }),
    );
  });

  it('tells a notice once, behind the messages', () => {
    const mailbox = new Mailbox();
    mailbox.keepNotice({ to: 'Bob', ref: undefined });
    expect(mailbox.hasNews).toBe(true);
    mailbox.keep('pm', message(1), true);
    expect(mailbox.since(0).map(({ json }) => JSON.parse(json).type)).toEqual(['pm', 'error']);
    expect(mailbox.hasNews).toBe(false);
    expect(mailbox.since(0).map(({ json }) => JSON.parse(json).type)).toEqual(['pm']);
  });

  it('keeps a bounded number of notices', () => {
    const mailbox = new Mailbox();
    for (let i = 0; i < 500; i++) {
      mailbox.keepNotice({ to: 'Bob', ref: `${i}` });
    }
    const refs = mailbox.since(0).map(({ json }) => JSON.parse(json).ref);
    expect(refs).toEqual(
      Array.from({ length: PRIVATE_MESSAGES_KEPT }, (_, i) => `${i + 500 - PRIVATE_MESSAGES_KEPT}`),
    );
  });

  it('shows a message to its receiver by its sender, to its sender by its receiver', () => {
    expect(JSON.parse(privateFrame('pm', message(1)).json)).toEqual({
      type: 'pm',
      from: 'Ann',
      text: 'secret words',
      ts: 1,
      id: 1,
    });
    expect(JSON.parse(privateFrame('pm_sent', message(1)).json)).toMatchObject({
      type: 'pm_sent',
      to: 'Bob',
    });
  });

  it('shows no text where it is printed', () => {
    const mailbox = new Mailbox();
    mailbox.keep('pm', message(1), true);
    expect(JSON.stringify(mailbox)).not.toContain('secret words');
  });
});

function message(id: number): PrivateMessage {
  return {
    id,
    ts: 1,
    from: { id: 'u1', name: 'Ann' },
    to: { id: 'u2', name: 'Bob' },
    text: 'secret words',
    ref: undefined,
  };
}
