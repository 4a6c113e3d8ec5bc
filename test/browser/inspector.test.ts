import { expect, test } from 'vitest';
import { actor, event, hello, list, rows, snapshot, step } from '../inspector/frames.ts';
import { useBrowser } from '../support/browser.ts';
import { openWithFakeFeed } from '../support/inspector-page.ts';

const browser = useBrowser();

const few = [
  hello(),
  list([
    ['x:1', 'room:general', 'occupied'],
    ['x:2', 'room:attic', 'empty'],
    ['x:3', 'stats', 'unwatched'],
    ['x:4', 'session:Ann', 'online'],
  ]),
];

test('lists who lives, by kind, as they come, change and go', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, few);
  await inspector.status('Connected');
  await expect
    .poll(() => inspector.rows())
    .toEqual(['stats unwatched', 'attic empty', 'general occupied', 'Ann online']);
  const sessions = inspector.list.getByRole('group', { name: 'Sessions' });
  await sessions.getByRole('option', { name: 'Ann' }).waitFor();
  await expect.poll(() => inspector.page.getByRole('button', { name: 'Rooms 2' }).count()).toBe(1);

  feed.send(rows([['x:5', 'session:Bob', 'fresh']]));
  await inspector.actor('Bob').waitFor();
  feed.send(rows([['x:5', 'session:Bob', 'online']], [['x:2', 'done']]));
  await inspector.actor('attic').getByText('ended').waitFor();
  await inspector.actor('attic').waitFor({ state: 'detached' });
  await expect
    .poll(() => inspector.rows())
    .toEqual(['stats unwatched', 'general occupied', 'Ann online', 'Bob online']);
});

test('finds actors by what one types, and shows one kind alone', async () => {
  const { inspector } = await openWithFakeFeed(browser, few);
  await inspector.actor('Ann').waitFor();
  await inspector.page.keyboard.press('/');
  await inspector.page.keyboard.type('AT');
  await expect.poll(() => inspector.rows()).toEqual(['stats unwatched', 'attic empty']);
  await inspector.search.fill('nobody');
  await inspector.page.getByText('No actor is called like that.').waitFor();
  await inspector.page.keyboard.press('Escape');
  await expect.poll(() => inspector.rows()).toHaveLength(4);

  await inspector.click('Rooms 2');
  await expect.poll(() => inspector.rows()).toEqual(['attic empty', 'general occupied']);
  await inspector.click('Rooms 2');
  await expect.poll(() => inspector.rows()).toHaveLength(4);
});

test('goes through the list with the keys, and begins a search with a letter', async () => {
  const { inspector } = await openWithFakeFeed(browser, few);
  await inspector.actor('Ann').waitFor();
  await inspector.list.focus();
  const { keyboard } = inspector.page;
  await keyboard.press('ArrowDown');
  await inspector.title('stats');
  await keyboard.press('End');
  await inspector.title('Ann');
  await keyboard.press('ArrowUp');
  await inspector.title('general');
  await keyboard.press('Home');
  await inspector.title('stats');
  const active = await inspector.list.getAttribute('aria-activedescendant');
  await expect.poll(() => inspector.chosen().getAttribute('id')).toBe(active);
  await keyboard.type('gen');
  await expect.poll(() => inspector.search.inputValue()).toBe('gen');
  await keyboard.press('Enter');
  await inspector.title('general');
});

test('shows what the chosen actor holds, and what changed in it', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, few);
  const members = [{ id: 'u1', status: 'away' }];
  await inspector.actor('general').waitFor();
  feed.send(actor('x:1', 'room:general', 'occupied', { name: 'general', members }));
  await inspector.choose('general');
  await inspector.tree.getByRole('treeitem', { name: 'members [1]' }).waitFor();
  await inspector.page.getByText('Nothing has changed yet.').waitFor({ state: 'hidden' });

  feed.send(
    event('1', 'x:1', { type: 'presence.changed' }),
    step('1', 'x:1', 'presence.changed', 'occupied', 'occupied', 5),
    snapshot(
      'x:1',
      'occupied',
      { name: 'general', members: [{ id: 'u1', status: 'online' }], topic: '<b>new</b>' },
      { at: 100 },
    ),
  );
  await inspector.changes.getByText('members.0.status').waitFor();
  await expect
    .poll(() => inspector.changes.getByRole('listitem').allTextContents())
    .toEqual(['changed members.0.status "away" →  is now "online"', 'added topic "<b>new</b>"']);
  await inspector.page.getByText('presence.changed at').waitFor();
  await expect.poll(() => inspector.page.locator('context-view b').count()).toBe(0);

  const tree = inspector.tree;
  await tree.getByRole('treeitem', { name: 'name' }).focus();
  const { keyboard } = inspector.page;
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await tree.getByRole('treeitem', { name: 'status "online"' }).waitFor();
  await keyboard.press('ArrowLeft');
  await tree.getByRole('treeitem', { name: 'status "online"' }).waitFor({ state: 'detached' });
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await tree.getByRole('treeitem', { name: 'members', expanded: false }).waitFor();
  await keyboard.press('End');
  await expect.poll(() => tree.locator(':focus').textContent()).toContain('topic');
});

test('keeps showing how an actor ended', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, few);
  feed.send(actor('x:2', 'room:attic', 'empty', { users: 0 }));
  await inspector.choose('attic');
  feed.send(snapshot('x:2', 'closed', { users: 0 }, { status: 'done' }), rows([], [['x:2', 'done']]));
  await inspector.page.getByText('Room · closed · has ended').waitFor();
  await inspector.actor('attic').waitFor({ state: 'detached' });
  await inspector.tree.getByRole('treeitem', { name: 'users' }).waitFor();
});

test('opens at the actor that the address names', async () => {
  const { inspector } = await openWithFakeFeed(browser, few, { path: '/inspector#room:attic' });
  await inspector.title('attic');
  await inspector.choose('Ann');
  expect(inspector.page.url()).toMatch(/#session%3AAnn$/);
});

test('subscribes to all on a small server, to what one looks at and follows on a big one', async () => {
  const many = Array.from({ length: 300 }, (_, n): [string, string, string] => [
    `s:${n}`,
    `session:User${n}`,
    'online',
  ]);
  const { inspector, feed } = await openWithFakeFeed(browser, few);
  const asked = () => feed.subscriptions.map(({ actors }) => actors.join());
  await expect.poll(asked).toEqual(['*']);
  feed.send(rows(many));
  await expect.poll(asked).toEqual(['*', '']);
  await inspector.choose('general');
  await expect.poll(asked).toEqual(['*', '', 'x:1']);
  await inspector.page.getByText('shown of those you choose or follow (one now)').waitFor();
  await inspector.click('Follow');
  await inspector.choose('attic');
  await expect.poll(asked).toEqual(['*', '', 'x:1', 'x:1,x:2']);
  await inspector.actor('general').getByText('followed').waitFor({ state: 'attached' });
  feed.send(
    rows(
      [],
      many.slice(100).map(([id]) => [id, 'done']),
    ),
  );
  await expect.poll(() => asked().at(-1)).toBe('*');
});

test('draws of ten thousand actors those in sight, and tells assistive technology of all of them', async () => {
  const all = Array.from({ length: 10_000 }, (_, n): [string, string, string] => [
    `s:${n}`,
    `session:User${n}`,
    'online',
  ]);
  const pieces = Array.from({ length: 20 }, (_, n) =>
    list(all.slice(n * 500, (n + 1) * 500), 9_500 - n * 500, n === 0),
  );
  const { inspector, feed } = await openWithFakeFeed(browser, [hello(), ...pieces]);
  await inspector.page.getByRole('button', { name: 'Sessions 10,000' }).waitFor();
  const options = inspector.list.getByRole('option');
  expect(await options.count()).toBeLessThan(60);
  await expect.poll(() => options.first().getAttribute('aria-setsize')).toBe('10000');

  await inspector.list.focus();
  await inspector.page.keyboard.press('End');
  await inspector.title('User9999');
  await expect.poll(() => inspector.chosen().getAttribute('aria-posinset')).toBe('10000');
  await inspector.chosen().getByText('User9999').waitFor();
  await inspector.search.fill('user7777');
  await expect.poll(() => inspector.rows()).toEqual(['User7777 online']);
  await inspector.search.fill('');

  // Of a thousand that change at once, only the one in sight is drawn anew.
  await inspector.search.fill('user777');
  await expect.poll(() => inspector.rows()).toHaveLength(11);
  await inspector.page.evaluate(OBSERVE);
  const changed = all.slice(7_771, 8_771).map(([id, name]): [string, string, string] => [id, name, 'away']);
  feed.send(rows(changed.slice(9)));
  feed.send(rows(changed.slice(0, 1)));
  await inspector.actor('User7771').getByText('away').waitFor();
  expect(await inspector.page.evaluate(TOUCHED)).toEqual(['User7771']);
});

/** Notes the rows of which anything is written. Runs in the page, whose types are not ours: hence text. */
const OBSERVE = `(() => {
  window.touched = new Set();
  window.take = (records) => {
    for (const { type, target, addedNodes } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      const row = element.closest('.actor');
      if (row) window.touched.add(row);
      else if (type === 'childList') for (const each of addedNodes) window.touched.add(each);
    }
  };
  window.observer = new MutationObserver(window.take);
  const watched = { subtree: true, childList: true, characterData: true, attributes: true };
  window.observer.observe(document.querySelector('.actors'), watched);
})()`;
const TOUCHED = `(() => {
  window.take(window.observer.takeRecords());
  return [...window.touched].map((row) => row.querySelector?.('.name').textContent ?? row.className);
})()`;
