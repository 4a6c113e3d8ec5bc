import { expect, test } from 'vitest';
import { useBrowser } from '../support/browser.ts';
import { layPageLine } from '../support/page-line.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('a reload loses nothing at any stage', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  const line = await layPageLine(ann.page);
  const reload = () => ann.page.reload();

  // At the form, and while one is let in.
  await ann.click('Join chat');
  await reload();
  line.cut();
  await ann.page.getByRole('textbox', { name: 'Username' }).fill('Ann');
  await ann.click('Join chat');
  await ann.page.getByRole('alert').getByText('The server does not answer').waitFor();
  await reload();
  line.mend();
  await ann.join('Ann');

  // In a room, with a dialog open and something begun.
  await ann.createRoom('attic');
  await ann.say('/pm Nobody anyone?');
  await ann.log.getByText('Not sent: User not found').waitFor();
  await ann.openRoom('attic');
  await ann.composer.fill('half a thought');
  await ann.page.keyboard.press('Control+k');
  await reload();
  await ann.isIn('attic');
  await ann.isConnected();
  await expect.poll(() => ann.composer.inputValue()).toBe('half a thought');
  expect(await ann.page.getByRole('dialog').count()).toBe(0);

  // With a message that failed.
  await ann.privates.getByRole('button', { name: 'Nobody in private' }).click();
  await reload();
  await ann.isIn('Nobody');
  await ann.log.getByText('Not sent: User not found').waitFor();
  await ann.click('Discard');

  // In a private conversation, and with what came in elsewhere.
  await ann.openRoom('general');
  await ann.people.getByRole('button', { name: 'Bob' }).click();
  await ann.say('psst');
  await bob.next('pm', { text: 'psst' });
  await bob.say('general', 'hello all');
  await ann.rooms.getByRole('button', { name: 'general 1 new' }).waitFor();
  await reload();
  await ann.isIn('Bob');
  await ann.sees('psst');
  await ann.rooms.getByRole('button', { name: 'general 1 new' }).waitFor();

  // Without a connection, with something waiting.
  line.cut();
  await ann.status('Reconnecting…');
  await ann.say('are you there?');
  await ann.log.getByText('Sending…').waitFor();
  await reload();
  await ann.page.getByRole('alert').getByText('The server does not answer').waitFor();
  line.mend();
  await ann.comesBack();
  await bob.next('pm', { text: 'are you there?' });
  await ann.isIn('Bob');
  await ann.log.getByText('Sending…').waitFor({ state: 'hidden' });
  await expect.poll(() => ann.texts()).toEqual(['psst', 'are you there?']);

  // After logging out.
  await ann.click('Log out');
  await ann.status('Not connected');
  await reload();
  await expect.poll(() => ann.page.getByRole('textbox', { name: 'Username' }).inputValue()).toBe('Ann');
  await ann.status('Not connected');
});
