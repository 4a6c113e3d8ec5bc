import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './copy.ts';
import { plant } from './fault.ts';
import { planted } from './planted/all.ts';

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe.each(planted)('the faults that "$name" must catch', ({ test, name, faults }) => {
  it('name a test that is there', () => {
    const titles = [...read(test).matchAll(/\(\s*'(.*)',\s/g)].map(([, title]) => title);
    expect(titles.filter((title) => title === name)).toHaveLength(1);
  });

  it.each(faults)('can be planted: $what', (fault) => {
    const text = read(fault.file);
    expect(plant(text, fault)).not.toBe(text);
  });
});

it('has faults for every test of what must not happen', () => {
  const regressions = 'test/contract/regressions.test.ts';
  const names = [...read(regressions).matchAll(/^ {2}it\('(.*)', async/gm)].map(([, name]) => name);
  const known = planted.filter(({ test }) => test === regressions).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(known.toSorted()).toEqual(names.toSorted());
});
