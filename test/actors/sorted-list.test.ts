import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedList } from '../../src/actors/sorted-list.ts';
import { compareNames } from '../../src/protocol/names.ts';

const name = fc.oneof(
  fc.constantFrom('a', 'b', 'B', 'ab', '__proto__', '𐐷', '\uffff'),
  fc.string({ maxLength: 3 }),
);
const change = fc.oneof(
  fc.record({ do: fc.constant('add' as const), name }),
  fc.record({ do: fc.constant('delete' as const), name }),
  fc.record({ do: fc.constant('delete a stranger' as const), name }),
);

it('is at all times what a sorted array of the same things is', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const list = new SortedList<{ name: string }>();
      const model = new Map<string, { name: string }>();
      for (const each of changes) {
        const known = model.get(each.name);
        if (each.do === 'add' && !known) {
          const item = { name: each.name };
          model.set(each.name, item);
          list.add(item);
        } else if (each.do === 'delete' && known) {
          model.delete(each.name);
          list.delete(known);
        } else if (each.do === 'delete a stranger') {
          list.delete({ name: each.name });
        }
        expect([...list]).toEqual(sorted(model));
        expect(list.size).toBe(model.size);
      }
    }),
  );
});

it('gives pages that together are the whole, whatever their size', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name), fc.integer({ min: 1, max: 5 }), (names, limit) => {
      const list = new SortedList<{ name: string }>();
      for (const each of names) list.add({ name: each });
      const walked: string[] = [];
      for (let page = list.page(undefined, limit); page.length > 0; page = list.page(walked.at(-1), limit)) {
        expect(page.length).toBeLessThanOrEqual(limit);
        walked.push(...page.map((item) => item.name));
      }
      expect(walked).toEqual([...names].sort(compareNames));
    }),
  );
});

it('begins a page behind a name, whether or not that is there', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name), name, fc.nat(6), (names, after, limit) => {
      const list = new SortedList<{ name: string }>();
      for (const each of names) list.add({ name: each });
      const expected = [...names].sort(compareNames).filter((each) => compareNames(each, after) > 0);
      expect(list.page(after, limit).map((item) => item.name)).toEqual(expected.slice(0, limit));
    }),
  );
});

function sorted(model: Map<string, { name: string }>): { name: string }[] {
  return [...model.values()].sort((a, b) => compareNames(a.name, b.name));
}
