import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import type { RoomEvent } from '../../src/actors/room/events.ts';
import { roomMachine } from '../../src/actors/room/machine.ts';
import type { SessionEvent } from '../../src/actors/session/events.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import type { StatsEvent } from '../../src/actors/stats/events.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';

/** A total record over an event type: tsc refuses a name too many or too few. */
const roomEvents: Record<RoomEvent['type'], true> = {
  'member.join': true,
  'member.leave': true,
  'member.rename': true,
  'member.rest': true,
  'member.look': true,
  'message.post': true,
  'typing.set': true,
  'join.committed': true,
  'join.failed': true,
  'leave.committed': true,
  'entry.committed': true,
  'typing.expired': true,
  'presence.changed': true,
  'presence.due': true,
};

const sessionEvents: Record<SessionEvent['type'], true> = {
  'connection.opened': true,
  'connection.lost': true,
  'message.post': true,
  'action.post': true,
  'room.join': true,
  'room.leave': true,
  'typing.set': true,
  'private.send': true,
  'nick.set': true,
  'rooms.list': true,
  'users.list': true,
  'history.get': true,
  'help.show': true,
  'session.quit': true,
  'begin.committed': true,
  'begin.failed': true,
  'room.joined': true,
  'join.refused': true,
  'rename.committed': true,
  'rename.failed': true,
  'private.sent': true,
  'private.arrived': true,
  'private.undelivered': true,
};

const statsEvents: Record<StatsEvent['type'], true> = {
  'session.begun': true,
  'session.rested': true,
  'session.returned': true,
  'session.ended': true,
  'room.created': true,
  'room.deleted': true,
  'room.resized': true,
  'subscriber.join': true,
  'subscriber.leave': true,
  'feed.filled': true,
  'room.due': true,
};

// TypeScript does not catch an unknown event in `on` next to inline params, nor an unknown target.
describe.each([
  ['room', roomMachine, roomEvents],
  ['session', sessionMachine, sessionEvents],
  ['stats', statsMachine, statsEvents],
] as [string, AnyStateMachine, Record<string, true>][])('the %s machine', (name, machine, events) => {
  it('bears the name by which it is shown', () => {
    expect(machine.id).toBe(name);
  });

  it('handles exactly the events of its type', () => {
    const handled = machine.events.filter((type) => !type.startsWith('xstate.'));
    expect(handled.sort()).toEqual(Object.keys(events).sort());
  });

  it('has an implementation for every action, guard and delay that it names, and names all it has', () => {
    const { actions, guards, delays } = machine.implementations;
    const text = JSON.stringify(machine.config, (_key, value) =>
      typeof value === 'function' ? undefined : value,
    );
    for (const [kind, names] of Object.entries({ actions, guards, delays })) {
      for (const name of Object.keys(names)) {
        const isInner = kind === 'delays' && ['typingExpiry', 'presenceGather'].includes(name);
        if (!isInner) expect(text, `${kind}: ${name}`).toContain(`"${name}"`);
      }
    }
    for (const name of text.matchAll(/"(?:type|guard|actions|entry|exit)":"([a-zA-Z]+)"/g)) {
      if (['final', 'parallel'].includes(name[1] ?? '')) continue;
      expect({ ...actions, ...guards }, name[1]).toHaveProperty(name[1] ?? '');
    }
  });
});
