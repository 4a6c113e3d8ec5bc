import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Outbox } from '../../src/actors/outbox.ts';
import { type News, PresenceChanges } from '../../src/actors/room/presence-changes.ts';
import { type Member, Roster } from '../../src/actors/room/roster.ts';
import { serverFrames } from '../../src/protocol/server-frames.ts';

const ids = ['u1', 'u2', 'u3', 'u4'];
const id = fc.constantFrom(...ids);
const change = fc.oneof(
  fc.record({ do: fc.constantFrom('come' as const, 'go' as const), id }),
  fc.record({ do: fc.constant('rename' as const), id, name: fc.constantFrom('Ann', 'Bob', 'Cid') }),
  fc.record({ do: fc.constantFrom('tell' as const, 'look' as const), id }),
);

it('tells exactly what turns the members of the last telling into those of this one', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const roster = new Roster();
      const gathered = new PresenceChanges();
      let told = new Map<string, string>();
      // What those have seen who looked in between, one after each look.
      let seen: Map<string, string>[] = [];
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
        } else if (each.do === 'look') {
          gathered.look(`onlooker ${seen.length}`);
          if (gathered.isEmpty) expect(gathered.onlookers.size).toBe(0);
          else seen.push(namesIn(roster));
        } else if (each.do === 'tell') {
          const { onlookers } = gathered;
          expect([...onlookers]).toEqual(seen.map((_, i) => `onlooker ${i}`));
          const { all: frame, forOnlookers } = gathered.take('attic', roster);
          const now = namesIn(roster);
          for (const names of seen) expect(applyById(names, forOnlookers ?? frame)).toEqual(now);
          if (forOnlookers) expect(serverFrames.presence.safeParse(forOnlookers).success).toBe(true);
          if (seen.length === 0) expect(forOnlookers).toBeUndefined();
          seen = [];
          expect(gathered.onlookers.size).toBe(0);
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
  expect(gathered.take('attic', roster)).toEqual({ all: undefined, forOnlookers: undefined });
});

it('says it to those only who have seen how it was in between', () => {
  const roster = new Roster([newMember('u1', 'Ann')]);
  const gathered = new PresenceChanges();
  gathered.note('u1', 'Ann');
  gathered.look('u3');
  gathered.note('u1', undefined);
  gathered.note('u2', undefined);
  gathered.note('u2', 'Bob');
  const { all, forOnlookers } = gathered.take('attic', roster);
  expect(all).toBeUndefined();
  expect(forOnlookers).toMatchObject({ joined: [{ id: 'u1', name: 'Ann' }], left: [], renamed: [] });
});

const namesIn = (roster: Roster) => new Map([...roster].map((one) => [one.id, one.name]));

/** What a client makes of it as the contract has it: by `id`, whatever it had. */
function applyById(before: Map<string, string>, frame: News['all']): Map<string, string> {
  const after = new Map(before);
  for (const { id: gone } of frame?.left ?? []) after.delete(gone);
  for (const { id: who, new_name } of frame?.renamed ?? []) if (after.has(who)) after.set(who, new_name);
  for (const { id: who, name } of frame?.joined ?? []) after.set(who, name);
  return after;
}

/** What a client makes of it, refusing what does not fit. */
function apply(before: Map<string, string>, frame: News['all']): Map<string, string> {
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
