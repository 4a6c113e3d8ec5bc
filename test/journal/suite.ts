/** What every journal must do; a new store passes when `describeJournal` does, whatever it is made of. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Journal, JournalRecord, Outcome, Stamp } from '../../src/journal/journal.ts';
import type { Entry } from '../../src/protocol/entities.ts';
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';

const ANN = { id: 'u1', name: 'Ann' };
const BOB = { id: 'u2', name: 'Bob' };

/**
 * @param create opens a journal that has no rooms yet; its clock is the system's
 * @param runs how often the journal is held against its model
 */
export function describeJournal(name: string, create: () => Promise<Journal> | Journal, runs = 60): void {
  describe(name, () => {
    const opened: Journal[] = [];
    const open = async () => {
      const journal = await create();
      opened.push(journal);
      return journal;
    };
    afterEach(async () => {
      for (const journal of opened.splice(0)) await journal.close();
    });

    describe('append', () => {
      it('tells the outcome later, never before it returns', async () => {
        const journal = await open();
        const told: string[] = [];
        const settled = new Promise<void>((resolve) => {
          journal.append(line('attic', 'hello'), () => {
            told.push('outcome');
            resolve();
          });
        });
        told.push('returned');
        await settled;
        expect(told).toEqual(['returned', 'outcome']);
      });

      it('stores every kind of record', async () => {
        const journal = await open();
        const outcomes = await Promise.all(EVERY_KIND.map((record) => settle(journal, record)));
        expect(outcomes.map(({ ok }) => ok)).toEqual(EVERY_KIND.map(() => true));
      });

      it('tells the outcomes in the order of the appends, over all rooms', async () => {
        const journal = await open();
        const told: number[] = [];
        const all = Array.from({ length: 500 }, (_, i) =>
          settle(journal, i % 7 === 0 ? EVERY_KIND[i % 6] : line(`room${i % 5}`, `${i}`)).then(() =>
            told.push(i),
          ),
        );
        await Promise.all(all);
        expect(told).toEqual(all.map((_, i) => i));
      });

      it('gives whole, rising ids, whatever is appended to which room', async () => {
        const journal = await open();
        const records = Array.from({ length: 200 }, (_, i) => EVERY_KIND[i % EVERY_KIND.length]);
        const ids = (await Promise.all(records.map((record) => commit(journal, record)))).map(({ id }) => id);
        expect(ids.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
        expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
      });

      it('gives the time of the commit in seconds, never falling', async () => {
        const journal = await open();
        const before = Date.now() / 1000;
        const stamps = await Promise.all(EVERY_KIND.map((record) => commit(journal, record)));
        const after = Date.now() / 1000;
        const times = stamps.map(({ ts }) => ts);
        expect(times).toEqual([...times].sort((a, b) => a - b));
        expect(Math.min(...times)).toBeGreaterThanOrEqual(before - 0.001);
        expect(Math.max(...times)).toBeLessThanOrEqual(after + 0.001);
      });

      it('may be called by whoever is told an outcome, and comes behind what is waiting', async () => {
        const journal = await open();
        const told: string[] = [];
        await new Promise<void>((resolve) => {
          journal.append(line('attic', '1'), () => {
            told.push('1');
            journal.append(line('attic', '3'), () => {
              told.push('3');
              resolve();
            });
          });
          journal.append(line('attic', '2'), () => told.push('2'));
        });
        expect(told).toEqual(['1', '2', '3']);
        expect(texts(await journal.read('attic', { limit: 10 }))).toEqual(['1', '2', '3']);
      });

      it('keeps the order of thousands that append again when they are told', async () => {
        const journal = await open();
        const appended: number[] = [];
        const told: number[] = [];
        const ids: number[] = [];
        await new Promise<void>((resolve) => {
          const append = (generation: number) => {
            const number = appended.length;
            appended.push(number);
            journal.append(line(`room${number % 3}`, `${number}`), (outcome) => {
              told.push(number);
              if (outcome.ok) ids.push(outcome.stamp.id);
              if (generation < 9) append(generation + 1);
              if (told.length === 3_000) resolve();
            });
          };
          for (let i = 0; i < 300; i++) append(0);
        });
        expect(told).toEqual(appended);
        expect(ids).toEqual([...ids].sort((a, b) => a - b));
      });
    });

    describe('read', () => {
      it('has nothing of a room that is not known', async () => {
        const journal = await open();
        await commit(journal, line('attic', 'hello'));
        for (const room of ['cellar', 'Attic', '__proto__', 'constructor']) {
          expect(await journal.read(room, { limit: 100 })).toEqual([]);
        }
      });

      it('gives an entry as it was appended, with its stamp', async () => {
        const journal = await open();
        const text = 'Grüße 😀 \u202e "quoted" \\ \n\ttab';
        const { id, ts } = await commit(journal, { ...line('attic', text), type: 'action', from: 'Zoë' });
        expect(await journal.read('attic', { limit: 1 })).toEqual([
          { id, type: 'action', from: 'Zoë', text, ts },
        ]);
      });

      it('gives only entries, oldest first', async () => {
        const journal = await open();
        await commit(journal, { kind: 'room.created', room: 'attic', by: ANN });
        await commit(journal, line('attic', '1'));
        await commit(journal, { kind: 'member.joined', room: 'attic', user: BOB });
        await commit(journal, line('attic', '2'));
        await commit(journal, { kind: 'private', from: ANN, to: BOB, text: 'attic', unread: true });
        await commit(journal, line('attic', '3'));
        expect(texts(await journal.read('attic', { limit: 100 }))).toEqual(['1', '2', '3']);
      });

      it('gives the newest when there are more than the limit', async () => {
        const journal = await open();
        for (const text of ['1', '2', '3', '4']) await commit(journal, line('attic', text));
        expect(texts(await journal.read('attic', { limit: 2 }))).toEqual(['3', '4']);
      });

      it('gives those before an id, without it', async () => {
        const journal = await open();
        const stamps: Stamp[] = [];
        for (const text of ['1', '2', '3', '4']) stamps.push(await commit(journal, line('attic', text)));
        const third = stamps[2]?.id ?? 0;
        expect(texts(await journal.read('attic', { before: third, limit: 100 }))).toEqual(['1', '2']);
        expect(texts(await journal.read('attic', { before: third, limit: 1 }))).toEqual(['2']);
        expect(texts(await journal.read('attic', { before: third + 1, limit: 1 }))).toEqual(['3']);
        expect(await journal.read('attic', { before: stamps[0]?.id, limit: 100 })).toEqual([]);
        expect(await journal.read('attic', { before: 1, limit: 100 })).toEqual([]);
        expect(
          texts(await journal.read('attic', { before: Number.MAX_SAFE_INTEGER, limit: 9 })),
        ).toHaveLength(4);
      });

      it('keeps rooms apart, whatever they are called', async () => {
        const journal = await open();
        const rooms = ['attic', '__proto__', 'constructor', 'über', 'toString'];
        for (const room of rooms) await commit(journal, line(room, room));
        for (const room of rooms) expect(texts(await journal.read(room, { limit: 100 }))).toEqual([room]);
      });

      it('shows an entry to whoever is told that it is committed', async () => {
        const journal = await open();
        const entries = await new Promise<Entry[]>((resolve) => {
          journal.append(line('attic', 'hello'), () => resolve(journal.read('attic', { limit: 1 })));
        });
        expect(texts(entries)).toEqual(['hello']);
      });

      it(`gives the newest ${HISTORY_KEPT} of many more`, async () => {
        const journal = await open();
        const all = Array.from({ length: HISTORY_KEPT * 2 + 1 }, (_, i) => String(i));
        await Promise.all(all.map((text) => commit(journal, line('attic', text))));
        expect(texts(await journal.read('attic', { limit: HISTORY_KEPT }))).toEqual(all.slice(-HISTORY_KEPT));
      });

      it('is not disturbed by what a reader does to the list', async () => {
        const journal = await open();
        await commit(journal, line('attic', 'hello'));
        (await journal.read('attic', { limit: 100 })).length = 0;
        expect(texts(await journal.read('attic', { limit: 100 }))).toEqual(['hello']);
      });
    });

    describe('recent', () => {
      it('gives at once what read gives later', async () => {
        const journal = await open();
        for (const text of ['1', '2', '3']) await commit(journal, line('attic', text));
        expect(texts(journal.recent('attic', 2))).toEqual(['2', '3']);
        expect(journal.recent('attic', 9)).toEqual(await journal.read('attic', { limit: 9 }));
        expect(journal.recent('cellar', 9)).toEqual([]);
      });

      it('shows nothing before it is told that it is committed', async () => {
        const journal = await open();
        const seen: string[][] = [];
        const look = () => seen.push(texts(journal.recent('attic', 9)));
        journal.append(line('attic', '1'), look);
        journal.append(line('attic', '2'), look);
        look();
        await commit(journal, line('cellar', 'last'));
        expect(seen).toEqual([[], ['1'], ['1', '2']]);
      });
    });

    describe('a deleted room', () => {
      it('has no entries', async () => {
        const journal = await open();
        await commit(journal, line('attic', 'before'));
        await commit(journal, line('cellar', 'elsewhere'));
        await commit(journal, { kind: 'room.deleted', room: 'attic' });
        expect(await journal.read('attic', { limit: 100 })).toEqual([]);
        expect(texts(await journal.read('cellar', { limit: 100 }))).toEqual(['elsewhere']);
      });

      it('has no old entries when it is created again', async () => {
        const journal = await open();
        await commit(journal, line('attic', 'before'));
        await commit(journal, { kind: 'room.deleted', room: 'attic' });
        await commit(journal, { kind: 'room.created', room: 'attic', by: BOB });
        expect(await journal.read('attic', { limit: 100 })).toEqual([]);
        const { id } = await commit(journal, line('attic', 'after'));
        expect(texts(await journal.read('attic', { limit: 100 }))).toEqual(['after']);
        expect(await journal.read('attic', { before: id, limit: 100 })).toEqual([]);
      });

      it('has no old entries when its deletion could not be stored and it is created again', async () => {
        const journal = await open();
        await commit(journal, line('attic', 'before'));
        await commit(journal, { kind: 'room.created', room: 'attic', by: BOB });
        expect(await journal.read('attic', { limit: 100 })).toEqual([]);
      });

      it('is the new one when both happen at once', async () => {
        const journal = await open();
        await Promise.all([
          commit(journal, line('attic', 'before')),
          commit(journal, { kind: 'room.deleted', room: 'attic' }),
          commit(journal, { kind: 'room.created', room: 'attic', by: BOB }),
          commit(journal, line('attic', 'after')),
        ]);
        expect(texts(await journal.read('attic', { limit: 100 }))).toEqual(['after']);
      });
    });

    describe('newestId', () => {
      it('is 0 while nothing is committed', async () => {
        const journal = await open();
        expect(journal.newestId()).toBe(0);
        const settled = commit(journal, line('attic', 'hello'));
        expect(journal.newestId()).toBe(0);
        await settled;
        expect(journal.newestId()).toBeGreaterThan(0);
      });

      it('is that of the last record of any kind', async () => {
        const journal = await open();
        for (const record of EVERY_KIND) {
          const { id } = await commit(journal, record);
          expect(journal.newestId()).toBe(id);
        }
      });

      it('is at least the id that an outcome tells', async () => {
        const journal = await open();
        const ahead: boolean[] = [];
        const note = (outcome: Outcome) => ahead.push(outcome.ok && journal.newestId() >= outcome.stamp.id);
        await Promise.all(EVERY_KIND.map((record) => settle(journal, record).then(note)));
        expect(ahead).toEqual(EVERY_KIND.map(() => true));
      });
    });

    describe('close', () => {
      it('settles what was appended before', async () => {
        const journal = await open();
        const told: boolean[] = [];
        for (const record of EVERY_KIND) journal.append(record, ({ ok }) => told.push(ok));
        await journal.close();
        expect(told).toEqual(EVERY_KIND.map(() => true));
      });

      it('may follow on nothing at all, and come twice', async () => {
        const journal = await open();
        await journal.close();
        await journal.close();
      });

      it('is followed by greater ids when the server starts again', async () => {
        const before = await open();
        const { id } = await commit(before, line('attic', 'hello'));
        await before.close();
        const closedAt = Date.now();
        await expect.poll(() => Date.now(), { interval: 1 }).toBeGreaterThan(closedAt);
        const after = await open();
        const next = await commit(after, line('attic', 'again'));
        expect(next.id).toBeGreaterThan(id);
      });
    });

    it('holds what a simple model of it holds, however appends and reads alternate', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 60, size: 'max' }), async (operations) => {
          const journal = await create();
          const model = new Map<string, Entry[]>();
          let pending: Promise<void>[] = [];
          for (const each of operations) {
            if (each.do === 'append') {
              pending.push(commit(journal, each.record).then((stamp) => apply(model, each.record, stamp)));
              continue;
            }
            await Promise.all(pending);
            pending = [];
            const entries = model.get(each.room) ?? [];
            const before = each.before === undefined ? undefined : entries[each.before % entries.length]?.id;
            const expected = entries
              .filter(({ id }) => before === undefined || id < before)
              .slice(-each.limit);
            expect(await journal.read(each.room, { before, limit: each.limit })).toEqual(expected);
          }
          await journal.close();
          await Promise.all(pending);
        }),
        { numRuns: runs },
      );
    });
  });
}

const EVERY_KIND: [JournalRecord, ...JournalRecord[]] = [
  line('attic', 'hello'),
  { kind: 'room.created', room: 'attic', by: ANN },
  { kind: 'member.joined', room: 'attic', user: ANN },
  { kind: 'user.renamed', user: ANN, name: 'Anna' },
  { kind: 'private', from: ANN, to: BOB, text: 'psst', unread: true },
  { kind: 'member.left', room: 'attic', user: ANN },
  { kind: 'room.deleted', room: 'attic' },
  { kind: 'session.begun', user: ANN, digest: 'abc' },
  { kind: 'private.read', user: ANN },
  { kind: 'session.ended', user: ANN },
  { kind: 'event.told', of: 1, event: { type: 'room_deleted', data: { room: 'attic' } } },
];

const room = fc.constantFrom('attic', 'den', '__proto__');
const operation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      record: fc.oneof(
        {
          weight: 6,
          arbitrary: fc.tuple(room, fc.string({ unit: 'binary' })).map(([name, text]) => line(name, text)),
        },
        { weight: 1, arbitrary: room.map((name) => ({ kind: 'room.deleted' as const, room: name })) },
        {
          weight: 1,
          arbitrary: room.map((name) => ({ kind: 'room.created' as const, room: name, by: ANN })),
        },
        { weight: 1, arbitrary: fc.constantFrom(...EVERY_KIND.slice(2, 6)) },
      ) satisfies fc.Arbitrary<JournalRecord>,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      room,
      before: fc.option(fc.nat(), { nil: undefined }),
      limit: fc.integer({ min: 1, max: HISTORY_KEPT }),
    }),
  },
);

function apply(model: Map<string, Entry[]>, record: JournalRecord, { id, ts }: Stamp): void {
  if (record.kind === 'room.created' || record.kind === 'room.deleted') model.delete(record.room);
  if (record.kind !== 'entry') return;
  const { type, from, text } = record;
  model.set(record.room, [...(model.get(record.room) ?? []), { id, type, from, text, ts }]);
}

function line(room: string, text: string): Extract<JournalRecord, { kind: 'entry' }> {
  return { kind: 'entry', room, type: 'message', from: 'Ann', text };
}

function settle(journal: Journal, record: JournalRecord = EVERY_KIND[0]): Promise<Outcome> {
  return new Promise((resolve) => journal.append(record, resolve));
}

async function commit(journal: Journal, record?: JournalRecord): Promise<Stamp> {
  const outcome = await settle(journal, record);
  if (!outcome.ok) throw outcome.error;
  return outcome.stamp;
}

function texts(entries: Entry[]): string[] {
  return entries.map(({ text }) => text);
}
