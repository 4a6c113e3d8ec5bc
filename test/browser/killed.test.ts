import { expect, test, vi } from 'vitest';
import { ServerProcess } from '../operation/process.ts';
import { UNREACHABLE, useBrowser } from '../support/browser.ts';

const browser = useBrowser();

vi.setConfig({ testTimeout: 120_000 });

test('finds back when the server is killed and started anew in mid-conversation', async () => {
  const first = new ServerProcess('node');
  const url = await first.url();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  for (const person of [ann, bob]) person.expected = UNREACHABLE;
  await ann.createRoom('attic');
  await bob.openRoom('attic');
  await bob.say('before');
  await ann.sees('before');

  first.signal('SIGKILL');
  await first.exited;
  await Promise.all([ann.status('Reconnecting…'), bob.status('Reconnecting…')]);
  await ann.say('meanwhile');
  await bob.say('/me waits');
  await ann.log.getByText('Sending…').waitFor();

  const second = new ServerProcess('node', { PORT: new URL(url).port });
  await second.url();
  // A server takes a while to start, and the pages have slowed down meanwhile.
  await Promise.all([ann, bob].map((person) => person.status('Connected', 40_000)));
  await bob.sees('meanwhile');
  await ann.sees('* Bob waits');
  for (const person of [ann, bob]) {
    await person.isIn('attic');
    await person.log.getByText('Sending…').waitFor({ state: 'hidden' });
    const texts = await person.texts();
    expect(texts[0]).toBe('before');
    expect(texts.slice(1).sort()).toEqual(['* Bob waits', 'meanwhile']);
    expect((await person.people.locator('.name').allTextContents()).sort()).toEqual(['Ann', 'Bob']);
  }
});
