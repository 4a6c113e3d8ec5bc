import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Outbox } from '../../src/actors/outbox.ts';
import { PresenceChanges } from '../../src/actors/room/presence-changes.ts';
import { type Member, Roster } from '../../src/actors/room/roster.ts';
import { serverFrames } from '../../src/protocol/server-frames.ts';

const ids = ['u1', 'u2', 'u3', 'u4'];
const id = fc.constantFrom(...ids);
const change = fc.oneof(
  fc.record({ do: fc.constantFrom('come' as const, 'go' as const), id }),
  fc.record({ do: fc.constant('rename' as const), id, name: fc.constantFrom('Ann', 'Bob', 'Cid') }),
  fc.record({ do: fc.constant('tell' as const), id }),
);

it('tells exactly what turns the members of the last telling into those of this one', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const roster = new Roster();
      const gathered = new PresenceChanges();
      let told = new Map<string, string>();
      for (const each of [...changes, { do: 'tell' as const, id: '' }]) {
        const member = roster.get(each.id);
        if (each.do === 'come' && !member) {
          roster.add(newMember(each.id, `${each.id}-new`));
          gathered.note(each.id, undefined);
        } else if (each.do === 'go' && member) {
          roster.delete(member);
          gathered.note(each.id, member.name);
        } else if (each.do === 'rename' && member && member.name !== `${each.id}-${each.name}`) {
          const before = member.name;
          roster.rename(member, `${each.id}-${each.name}`);
          gathered.note(each.id, before);
        } else if (each.do === 'tell') {
          const frame = gathered.take('attic', roster);
          const now = new Map([...roster].map((one) => [one.id, one.name]));
          if (frame) expect(serverFrames.presence.safeParse(frame).success).toBe(true);
          expect(apply(told, frame)).toEqual(now);
          expect(frame === undefined).toBe(same(told, now));
          if (frame) expect(frame.count).toBe(roster.size);
          expect(gathered.isEmpty).toBe(true);
          expect(gathered.isScheduled).toBe(false);
          told = now;
        }
      }
    }),
    { numRuns: 500 },
  );
});

it('says nothing of one who came and went, nor of one who went and came back', () => {
  const roster = new Roster([newMember('u1', 'Ann')]);
  const gathered = new PresenceChanges();
  gathered.note('u1', 'Ann');
  gathered.note('u1', undefined);
  gathered.note('u2', undefined);
  gathered.note('u2', 'Bob');
  expect(gathered.take('attic', roster)).toBeUndefined();
});

/** What a client makes of it, refusing what does not fit. */
function apply(before: Map<string, string>, frame: ReturnType<PresenceChanges['take']>): Map<string, string> {
  const after = new Map(before);
  for (const { id: gone, name } of frame?.left ?? []) {
    expect(after.get(gone)).toBe(name);
    after.delete(gone);
  }
  for (const { id: who, old_name, new_name } of frame?.renamed ?? []) {
    expect(after.get(who)).toBe(old_name);
    after.set(who, new_name);
  }
  for (const { id: who, name } of frame?.joined ?? []) {
    expect(after.has(who)).toBe(false);
    after.set(who, name);
  }
  return after;
}

function same(one: Map<string, string>, other: Map<string, string>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}

function newMember(userId: string, name: string): Member {
  const session = { name, send: () => {}, told: () => {} };
  return { id: userId, name, typing: false, outbox: new Outbox(), session };
}
