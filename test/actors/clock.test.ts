import { expect, it } from 'vitest';
import { systemClock } from '../../src/actors/clock.ts';

it('goes by the time of the system', () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

it('runs what is set, and not what is set and cleared', async () => {
  const ran: string[] = [];
  systemClock.clearTimeout(systemClock.setTimeout(() => ran.push('cleared'), 1));
  await new Promise<void>((resolve) => systemClock.setTimeout(() => resolve(void ran.push('set')), 2));
  expect(ran).toEqual(['set']);
});
