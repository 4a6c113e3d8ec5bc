import { expect, test } from 'vitest';
import { ChatPage, UNREACHABLE, useBrowser } from '../support/browser.ts';
import { layLine } from '../support/line.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

test('two tabs of one user both hear and both speak', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const bob = await browser.join(url, 'Bob');
  const second = await anotherTab(ann);

  await bob.say('hello both');
  await ann.sees('hello both');
  await second.sees('hello both');
  await second.say('from the second');
  await ann.sees('from the second');
  await bob.sees('from the second');
  await expect.poll(() => bob.people.getByRole('listitem').count()).toBe(2);

  await second.page.close();
  await ann.say('still here');
  await bob.sees('still here');
  expect(await bob.people.getByText('away').count()).toBe(0);
});

test('a room joined in one tab is listed in the other, which stays where it is', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const second = await anotherTab(ann);

  await second.createRoom('attic');
  await ann.rooms.getByRole('button', { name: 'attic 1 person, joined' }).waitFor();
  await ann.isIn('general');
});

test('logging out in one tab ends the other, with words', async () => {
  const { url } = await startServer();
  const ann = await browser.join(url, 'Ann');
  const second = await anotherTab(ann);

  await second.click('Log out');
  await ann.page.getByRole('alert').getByText('ended in another tab').waitFor();
  await ann.click('Join chat');
  await ann.isConnected();
});

test('whoever joins in a tab whose session was ended sends nothing of what was queued there', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.open(server.url);
  let code = 0;
  let end = () => {};
  await ann.page.routeWebSocket(/ws\/chat/, (socket) => {
    end = () => socket.close({ code });
    if (code) end();
    else socket.connectToServer();
  });
  await ann.join('Ann');
  code = 1001;
  end();
  await ann.status('Reconnecting…');
  await ann.say('in the name of Ann');
  await ann.log.getByText('Sending…').waitFor();
  code = 4003;
  await ann.page.getByRole('alert').getByText('ended in another tab').waitFor();
  code = 0;

  await ann.join('Eve');
  await ann.say('in the name of Eve');
  await bob.next('message', { from: 'Eve', text: 'in the name of Eve' });
  expect(bob.frames.filter(({ type }) => type === 'message').length).toBe(1);
  await expect.poll(() => ann.texts()).toEqual(['in the name of Eve']);
});

test('two tabs of one user stay one user when the server has forgotten them', async () => {
  const first = await startServer();
  const ann = await browser.join(first.url, 'Ann');
  const second = await anotherTab(ann);
  await second.createRoom('attic');
  await ann.createRoom('cellar');
  for (const tab of [ann, second]) tab.expected = UNREACHABLE;
  await first.close();
  await Promise.all([ann.status('Reconnecting…'), second.status('Reconnecting…')]);

  const again = await startServer({ PORT: Number(new URL(first.url).port) });
  const bob = await again.user('Bob');
  await Promise.all([ann.isConnected(), second.isConnected()]);
  const names = async () => {
    const answer = await bob.ask({ type: 'get_users', room: 'general' });
    return answer.type === 'user_list' ? answer.users.map(({ name }) => name) : [];
  };
  await expect.poll(names).toEqual(['Ann', 'Bob']);
  for (const tab of [ann, second]) {
    await tab.rooms.getByRole('button', { name: 'attic 1 person, joined' }).waitFor();
    await tab.rooms.getByRole('button', { name: 'cellar 1 person, joined' }).waitFor();
  }
  await ann.isIn('cellar');
  await second.isIn('attic');
  await ann.openRoom('general');
  await ann.say('one of us');
  await bob.next('message', { from: 'Ann', text: 'one of us' });
});

test('a duplicated tab does not send what the first has queued', async () => {
  const server = await startServer();
  const line = await layLine(server.url);
  const bob = await server.user('Bob');
  const ann = await browser.join(line.url, 'Ann');
  ann.expected = UNREACHABLE;
  const second = await anotherTab(ann);
  line.cut();
  await ann.status('Reconnecting…');
  await ann.say('from the first');
  await second.say('from the second');
  await expect.poll(() => ann.texts()).toEqual(['from the first']);
  await expect.poll(() => second.texts()).toEqual(['from the second']);
  line.mend();
  await Promise.all([ann.comesBack(), second.comesBack()]);
  const isHeard = (text: string) => bob.next('message', { text });
  await Promise.all([isHeard('from the first'), isHeard('from the second')]);
  await Promise.all([ann.sees('from the second'), second.sees('from the first')]);
  expect(bob.frames.filter(({ type }) => type === 'message').length).toBe(2);
});

test('ten tabs work, and share one event stream', async () => {
  const server = await startServer();
  const bob = await server.user('Bob');
  const ann = await browser.join(server.url, 'Ann');
  const tabs = [ann];
  while (tabs.length < 10) tabs.push(await anotherTab(ann));
  const subscribers = async () => (await server.get('/api/stats')).body.sse_subscribers;
  await expect.poll(() => subscribers()).toBe(1);

  await bob.ask({ type: 'join', room: 'attic' });
  for (const tab of tabs) await tab.rooms.getByRole('button', { name: 'attic 1 person' }).waitFor();

  // The one that has the stream goes, and another takes over.
  await ann.page.close();
  await expect.poll(subscribers).toBe(1);
  await bob.ask({ type: 'join', room: 'cellar' });
  for (const tab of tabs.slice(1)) {
    await tab.rooms.getByRole('button', { name: 'cellar 1 person' }).waitFor();
  }
  await tabs[9]?.say('from the tenth');
  await tabs[1]?.sees('from the tenth');
});

/** As "Duplicate tab" does: with a copy of what the tab keeps, the session among it. */
async function anotherTab(person: ChatPage): Promise<ChatPage> {
  const opened = person.page.waitForEvent('popup');
  await person.page.evaluate('void window.open(location.href)');
  const tab = new ChatPage({ page: await opened, complaints: person.complaints });
  await tab.isConnected();
  await tab.composer.waitFor();
  return tab;
}
