import { expect, it } from 'vitest';
import { Asker } from '../../src/actors/connection.ts';
import { Outbox } from '../../src/actors/outbox.ts';
import { History } from '../../src/actors/room/history.ts';
import { PresenceChanges } from '../../src/actors/room/presence-changes.ts';
import { type Member, Roster } from '../../src/actors/room/roster.ts';
import { Mailbox } from '../../src/actors/session/mailbox.ts';
import { SessionRecord } from '../../src/actors/session/record.ts';
import { SteppedClock } from '../support/clock.ts';
import { newStatsRecord } from '../support/stats-record.ts';

// What the inspector shows of the contexts: enough to follow an actor by, and nobody's words.

it('of a room is who is in it, at most twenty of them, and how much was said', () => {
  const roster = new Roster(Array.from({ length: 25 }, (_, i) => member(`u${String(i).padStart(2, '0')}`)));
  const history = new History(() => [entry(6), entry(7), entry(8)]);
  history.last(1);
  const changes = new PresenceChanges();
  changes.note('u01', undefined);
  expect(shown({ roster, history, changes })).toEqual({
    roster: { members: 25, names: Array.from({ length: 20 }, (_, i) => `u${String(i).padStart(2, '0')}`) },
    history: { entries: 3, newest: 8 },
    changes: { users: 1, isScheduled: false },
  });
  expect(shown(new History(() => [entry(6)]))).toEqual({ entries: 'not read yet' });
});

it('of a session is who it is, where, and how much it keeps', () => {
  const limits = { rateBurst: 20, ratePerSecond: 5 } as never;
  const record = new SessionRecord({ id: 'u1', digest: 'd1', name: 'Ann' }, new SteppedClock(), limits);
  record.rooms.set('attic', { member: member('u1'), isCommitted: true });
  record.outbox.add(connection());
  record.ledger.open('r1', new Asker(connection(), 'r1'));
  const message = {
    id: 1,
    ts: 1,
    from: record.party,
    to: record.party,
    text: 'secret words',
    ref: undefined,
  };
  record.mailbox.keep('pm', message, true);
  record.mailbox.keep('pm_sent', message, false);
  expect(shown(record)).toEqual({
    id: 'u1',
    name: 'Ann',
    rooms: ['attic'],
    outbox: { connections: 1 },
    mailbox: { kept: 2, unread: 1 },
    ledger: { remembered: 0, waiting: 1 },
  });
  record.ledger.settle('r1', { type: 'ack', ref: 'r1', id: 1, ts: 1 });
  expect(shown(record.ledger)).toEqual({ remembered: 1, waiting: 0 });
  expect(shown(new Mailbox())).toEqual({ kept: 0, unread: 0 });
});

it('of the statistics is what they count', () => {
  const record = newStatsRecord();
  record.subscribers.add({ send: () => {} });
  record.publish({ type: 'room_deleted', data: { room: 'attic' } }, undefined);
  expect(shown(record)).toEqual({
    users_online: 0,
    users_away: 0,
    rooms_count: 3,
    messages_total: 0,
    private_messages_total: 0,
    subscribers: 1,
    events_kept: 1,
  });
});

function shown(what: unknown): unknown {
  return JSON.parse(JSON.stringify(what));
}

function member(name: string): Member {
  const session = { name, send: () => {}, told: () => {} };
  return { id: name, name, typing: false, outbox: new Outbox(), session };
}

function entry(id: number) {
  return { id, type: 'message' as const, from: 'Ann', text: 'secret words', ts: 1 };
}

function connection() {
  const answer = () => {};
  return { secret: 'secret', isClosed: false, send: answer, answer, close: () => {} };
}
