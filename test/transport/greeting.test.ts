import { expect, it } from 'vitest';
import { heldJournal } from '../support/held-journal.ts';
import { PATIENCE_MS } from '../support/patience.mjs';
import { startServer } from '../support/server.ts';

it('tells a newcomer at once that they are connected, and who they are when their session is stored', async () => {
  const { journal, hold, release } = heldJournal();
  const server = await startServer({}, { journal });
  hold();
  const ann = server.start({ name: 'Ann' });
  await expect.poll(() => ann.socket.readyState, { timeout: PATIENCE_MS }).toBe(ann.socket.OPEN);
  expect(ann.frames).toEqual([]);
  release();
  await ann.next('connected', { name: 'Ann' });
});
