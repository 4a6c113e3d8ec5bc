import { expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

it('sends a comment every 15 s to those who read the events', async () => {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const stream = await server.subscribe();
  for (const count of [1, 2, 3]) {
    clock.increment(15_000);
    await expect.poll(() => stream.comments.length, { interval: 5 }).toBe(count);
  }
});
