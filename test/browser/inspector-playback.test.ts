import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import { actor, event, hello, list, rows, snapshot, step } from '../inspector/frames.ts';
import { useBrowser } from '../support/browser.ts';
import { type InspectorPage, openWithFakeFeed } from '../support/inspector-page.ts';

const browser = useBrowser();

const start = [
  hello(),
  list([
    ['x:1', 'room:general', 'empty'],
    ['x:2', 'session:Ann', 'online'],
  ]),
];

/** A room's life: someone joins, speaks, and leaves. */
const life: FeedFrame[] = [
  actor('x:1', 'room:general', 'empty', { users: 0, lines: 0 }),
  actor('x:2', 'session:Ann', 'online', { name: 'Ann' }),
  ...lived(1, 'member.join', 'empty', 'occupied', { users: 1, lines: 0 }),
  ...lived(2, 'message.post', 'occupied', 'occupied', { users: 1, lines: 1 }),
  step(null, 'x:2', 'tick', 'online', 'away', 250),
  snapshot('x:2', 'away', { name: 'Ann' }, { at: 290 }),
  ...lived(3, 'member.leave', 'occupied', 'empty', { users: 0, lines: 1 }),
];

function lived(n: number, type: string, from: string, to: string, context: object): FeedFrame[] {
  const at = n * 100;
  return [
    event(`${n}`, 'x:1', { type }, { sourceId: 'x:2', at }),
    step(`${n}`, 'x:1', type, from, to, at),
    snapshot('x:1', to, context, { at: at + 20 }),
  ];
}

async function openWithLife() {
  const { inspector, feed } = await openWithFakeFeed(browser, start);
  await inspector.actor('general').waitFor();
  feed.send(...life);
  await inspector.choose('general');
  await inspector.place('Step 4 of 4');
  return { inspector, feed };
}

/** What is to be seen of the room at one place. */
async function look(inspector: InspectorPage) {
  const words = async (selector: string) => (await inspector.page.locator(selector).textContent()) ?? '';
  return {
    place: (await words('playback-bar .place')).split(' · ')[0],
    state: await words('.actor-state'),
    row: (await inspector.rows())[0],
    holds: (await inspector.tree.getByRole('treeitem').allTextContents()).map((each) =>
      each.replace(' changed', ''),
    ),
  };
}

const AT_END = {
  place: 'Step 4 of 4',
  state: 'Room · empty',
  row: 'general empty',
  holds: ['users 0', 'lines 1'],
};
const AFTER_JOIN = {
  place: 'Step 1 of 4',
  state: 'Room · occupied',
  row: 'general occupied',
  holds: ['users 1', 'lines 0'],
};

test('steps back and forth through what happened: state, list and context follow', async () => {
  const { inspector } = await openWithLife();
  await expect.poll(() => look(inspector)).toEqual(AT_END);
  await inspector.click('Step back');
  await expect.poll(() => look(inspector)).toMatchObject({ place: 'Step 3 of 4', state: 'Room · occupied' });
  await inspector.actor('Ann').getByText('away').waitFor();
  await inspector.click('Step back');
  await inspector.click('Step back');
  await expect.poll(() => look(inspector)).toEqual(AFTER_JOIN);
  await inspector.actor('Ann').getByText('online').waitFor();
  await inspector.changes.getByText('users').waitFor();
  await inspector.says(/^Step 1 of 4.*room:general, member\.join, occupied$/);
  await inspector.click('Step forward');
  await expect.poll(() => look(inspector)).toMatchObject({ holds: ['users 1', 'lines 1'] });
  await inspector.page.getByRole('button', { name: /^Live/ }).click();
  await expect.poll(() => look(inspector)).toEqual(AT_END);
});

test('stands still while paused, and says how much has come since', async () => {
  const { inspector, feed } = await openWithLife();
  await inspector.click('Pause');
  await inspector.says('Paused. Step 4 of 4');
  feed.send(...lived(4, 'member.join', 'empty', 'occupied', { users: 1, lines: 1 }));
  await inspector.page.getByRole('button', { name: 'Live +3' }).waitFor();
  await expect.poll(() => look(inspector)).toEqual({ ...AT_END, place: 'Step 4 of 5' });
  await inspector.click('Paused');
  await expect.poll(() => look(inspector)).toMatchObject({ place: 'Step 5 of 5', state: 'Room · occupied' });
});

test('goes anywhere with the slider, and through one actor’s steps alone', async () => {
  const { inspector } = await openWithLife();
  await inspector.slider.focus();
  await inspector.page.keyboard.press('Home');
  await expect.poll(() => look(inspector)).toMatchObject({ place: 'Step 0 of 4', holds: [] });
  await inspector.page.keyboard.press('ArrowRight');
  await expect.poll(() => look(inspector)).toEqual(AFTER_JOIN);
  await expect.poll(() => inspector.slider.getAttribute('aria-valuetext')).toContain('Step 1 of 4');

  await inspector.choose('Ann');
  await inspector.page.getByRole('checkbox', { name: 'Only this actor' }).check();
  await inspector.place('Step 0 of 1');
  await inspector.click('Step forward');
  await inspector.page.getByText('Session · away').waitFor();
  expect((await look(inspector)).place).toBe('Step 1 of 1');
});

test('is played with the keys, but not from a field, and not when they are turned off', async () => {
  const { inspector } = await openWithLife();
  const { keyboard } = inspector.page;
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await inspector.place('Step 2 of 4');
  await keyboard.press('ArrowRight');
  await inspector.place('Step 3 of 4');
  await inspector.search.focus();
  await keyboard.press('ArrowLeft');
  await keyboard.press(' ');
  await keyboard.press('Escape');
  await keyboard.press('Escape');
  expect((await look(inspector)).place).toBe('Step 3 of 4');
  await keyboard.press(' ');
  await inspector.page.getByRole('button', { name: 'Pause', exact: true }).waitFor();

  await inspector.click('Keyboard shortcuts');
  await inspector.page.getByRole('checkbox', { name: 'Use the keys' }).uncheck();
  await inspector.click('Close');
  await inspector.list.focus();
  await keyboard.press(' ');
  await keyboard.press('ArrowLeft');
  await inspector.place('Step 3 of 4');
});

test('clears what happened and keeps who is there', async () => {
  const { inspector } = await openWithLife();
  await inspector.click('Clear');
  await inspector.place('No steps yet');
  await inspector.page.getByText('Room · empty').waitFor();
  await expect.poll(() => inspector.rows()).toEqual(['general empty', 'Ann away']);
});

test('saves a recording that shows the same when it is opened, with no feed at all', async () => {
  const { inspector } = await openWithLife();
  const [download] = await Promise.all([
    inspector.page.waitForEvent('download'),
    inspector.click('Save recording'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^troupe-recording-[\d-]+T[\d-]+\.json$/);
  const saved = await readFile(await download.path());

  const other = await openWithFakeFeed(browser, [], { refusal: [404] });
  other.inspector.expected = /404/;
  await other.inspector.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();
  const chooser = other.inspector.page.waitForEvent('filechooser');
  await other.inspector.click('Open a recording');
  await (await chooser).setFiles({ name: 'life.json', mimeType: 'application/json', buffer: saved });
  await other.inspector.page.getByText('life.json, saved').waitFor();
  await other.inspector.choose('general');
  for (const each of [inspector, other.inspector]) await each.place('Step 4 of 4');

  for (const [action, step] of [
    ['Step back', 3],
    ['Step back', 2],
    ['Step back', 1],
    ['Step back', 0],
    ['Step forward', 1],
  ] as const) {
    for (const each of [inspector, other.inspector]) {
      await each.click(action);
      await each.place(`Step ${step} of 4`);
    }
    const seen = await look(inspector);
    expect(await look(other.inspector)).toEqual(seen);
    if (step === 1) expect(seen).toEqual(AFTER_JOIN);
  }
  await other.inspector.click('Back to live');
  await other.inspector.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();
});

test('says in words what is wrong with a file, and goes on', async () => {
  const { inspector, feed } = await openWithLife();
  const chooser = inspector.page.waitForEvent('filechooser');
  await inspector.click('Open recording');
  await (await chooser).setFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"format":1}'),
  });
  await inspector.page.getByRole('alert').getByText('x.json: This file is not a recording').waitFor();
  feed.send(rows([['x:9', 'session:Bob', 'online']]));
  await inspector.actor('Bob').waitFor();
});

test('opens a recording that is dropped on it', async () => {
  const { inspector } = await openWithLife();
  const dropped = await inspector.page.evaluateHandle(`(() => {
    const carried = new DataTransfer();
    const text = JSON.stringify({ format: 'troupe-recording', version: 1, savedAt: '2026-01-31T12:00:00Z',
      server: null, definitions: [], base: [], frames: [[1, { type: '@troupe.list', isFirst: true, rest: 0,
      rows: [['y:1', 'room:dropped', 'occupied']] }]] });
    carried.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return carried;
  })()`);
  await inspector.page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await inspector.page.getByText('dropped.json, saved').waitFor();
  await expect.poll(() => inspector.rows()).toEqual(['dropped occupied']);
  await inspector.click('Back to live');
  await inspector.actor('general').waitFor();
});

test('draws the events up to where one is', async () => {
  const { inspector } = await openWithLife();
  const drawn = inspector.page.locator('event-sequence');
  await drawn.getByText('member.leave').first().waitFor();
  await drawn.getByText('member.join').first().waitFor();
});
