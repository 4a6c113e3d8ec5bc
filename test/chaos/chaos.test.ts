import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../support/data-directory.ts';
import { violationsIn } from './checker.ts';
import { storm } from './storm.ts';

// The longer form, and the seed of one's choice: `npm run test:chaos`.
it('keeps its promises while it is killed five times', { timeout: 180_000 }, async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const outcome = await storm({ directory: join(temporaryDirectory(), 'data'), kills: 5, seed });
  expect(violationsIn(outcome), `seed ${seed}`).toEqual([]);
  const count = (kind: string) => outcome.notes.filter((note) => note.kind === kind).length;
  expect(count('acked')).toBeGreaterThan(50);
  expect(count('resumed')).toBeGreaterThan(5);
});
