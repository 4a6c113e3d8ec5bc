import { beforeAll, expect, it, vi } from 'vitest';
import { walkAtRandom } from './walk.ts';

/** Steps of a run of the tests. `npm run test:model` takes as many as one likes. */
const STEPS = 600;

// The development build of xstate, which tests load, warns at length of things that are meant to be so.
beforeAll(() => void vi.spyOn(console, 'warn').mockImplementation(() => {}));

it('a town keeps its promises, whatever happens in it', { timeout: 120_000 }, async () => {
  const first = Math.floor(Math.random() * 2 ** 31);
  let taken = 0;
  for (let walks = 0; taken < STEPS; walks++) {
    const { steps, failure } = await walkAtRandom(first + walks);
    expect.soft(failure).toBeUndefined();
    if (failure !== undefined) return;
    taken += steps;
  }
});
