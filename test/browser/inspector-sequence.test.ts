import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { faults } from '../support/axe.ts';
import { add, box, head, LIFE, labels, lanes, middle } from './inspector-sequence/diagram.ts';
import { useSequence } from './inspector-sequence/site.ts';

const sequence = useSequence();

describe('what is drawn', () => {
  test('an arrow a message between the lanes of those who take part, by kind', async () => {
    const { page, events } = await open();
    await page.getByText('Nothing has happened yet').waitFor();
    await add(page, ...LIFE);
    await expect
      .poll(() => labels(page))
      .toEqual([
        '12:03:04.157 client Ann to session Ann: connection.opened, becomes online',
        '12:03:04.194 session Ann to room general: member.join, stays founding',
        '12:03:04.231 journal to room general: join.committed, founding to occupied',
        '12:03:04.305 session Ann to room general: message.post',
        '12:03:04.342 room general to stats: message.posted',
        '12:03:04.379 client Ann to session Ann: connection.lost, online to away',
        '12:03:04.416 session Ann to itself: after 30 s, away to ended',
      ]);
    expect(await events.getAttribute('aria-rowcount')).toBe('7');
    await expect
      .poll(() => lanes(page))
      .toEqual(['client Ann', 'session Ann', 'room general', 'stats', 'journal']);
    await events.getByText('founding → occupied').waitFor();
    const [sender, receiver] = [await head(page, 'session Ann'), await head(page, 'room general')];
    const arrow = await box(page, '#event-5 .arrow');
    expect(Math.abs(arrow.x - middle(sender))).toBeLessThan(3);
    expect(Math.abs(arrow.x + arrow.width - middle(receiver))).toBeLessThan(3);
    await expect.poll(() => page.locator('#event-8 .arrow').getAttribute('data-shape')).toBe('loop');
  });

  test('the change of state as soon as it is known', async () => {
    const { page, events } = await open();
    await add(page, ...LIFE);
    await events.getByRole('row', { name: /message\.post$/ }).click();
    const details = page.getByRole('region', { name: 'Event details' });
    await details.getByText('not known').waitFor();
    await page.evaluate(`fixture.settle(5, { from: 'occupied', to: 'empty' })`);
    await events.getByRole('row', { name: 'message.post, occupied to empty' }).waitFor();
    await details.getByText('occupied → empty').waitFor();
  });

  test('what comes after the playhead is dimmed', async () => {
    const { page } = await open();
    await add(page, ...LIFE);
    await page.evaluate('fixture.look({ playhead: 4, isFollowing: false })');
    await expect.poll(() => page.locator('.row.to-come').count()).toBe(4);
    // The message at the playhead is hidden: what is before it bears the mark.
    await page.locator('#event-3.playhead').waitFor();
    await page.evaluate('fixture.look({ playhead: 8, isFollowing: true })');
    await expect.poll(() => page.locator('.row.to-come').count()).toBe(0);
  });

  test('lines of text on a phone, no wider than it', async () => {
    const { page, events } = await open({ viewport: { width: 360, height: 700 } });
    await add(page, ...LIFE);
    await events.getByText('session Ann → room general').first().waitFor();
    await expect.poll(() => page.getByRole('group', { name: 'Lanes' }).count()).toBe(0);
    await events.getByRole('row', { name: 'message.post' }).first().click();
    await page.getByRole('region', { name: 'Event details' }).waitFor();
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await expect.poll(() => page.evaluate(`document.querySelector('.scroller').scrollWidth`)).toBe(360);
  });
});

describe('details', () => {
  test('show the payload as text, whatever is in it', async () => {
    const { page, events } = await open();
    const payload = { text: '<img src=x onerror=alert(1)>', '<b>': { '"><script>': [1, true, null] } };
    await add(page, ['session:<i>Ann</i> > room:<b>x</b> message.post', { payload }]);
    await events.getByRole('row', { name: 'message.post' }).click();
    const details = page.getByRole('region', { name: 'Event details' });
    await details.getByText('"<img src=x onerror=alert(1)>"').waitFor();
    await details.getByText('"><script>').waitFor();
    await details.getByRole('button', { name: 'room <b>x</b>' }).waitFor();
    expect(await page.locator('event-sequence :is(img, script, b, i:not(.lifeline))').count()).toBe(0);
    await expect.poll(() => page.evaluate('fixture.announced')).toEqual([['message-chosen', 1]]);
  });

  test('fold what is large and keep what was unfolded', async () => {
    const { page, events } = await open();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`key${i}`, i]));
    await add(page, ...[1, 2].map(() => ['session:Ann > room:a message.post', { payload: { many } }]));
    const details = page.getByRole('region', { name: 'Event details' });
    await events.getByRole('row').first().click();
    const item = (name: string) => details.getByRole('treeitem', { name, exact: true });
    expect(await item('key7 7').count()).toBe(0);
    await item('many {250}').click();
    await item('key99 99').waitFor();
    await item('150 more').click();
    await item('key199 199').waitFor();
    await events.getByRole('row').last().click();
    await item('key199 199').waitFor();
  });

  test('stay when their message is cut off, and go when all is cleared', async () => {
    const { page, events } = await open();
    await add(page, ...LIFE);
    await events.getByRole('row').first().click();
    const details = page.getByRole('region', { name: 'Event details' });
    await page.evaluate('fixture.drop(3)');
    await expect.poll(() => labels(page)).toHaveLength(4);
    await details.getByText('connection.opened', { exact: true }).waitFor();
    await page.evaluate('fixture.clear()');
    await page.getByText('Nothing has happened yet').waitFor();
    expect(await details.isVisible()).toBe(false);
  });

  test('are shown for a message that the page chooses', async () => {
    const { page } = await open();
    await add(page, ...LIFE);
    await page.evaluate(`document.querySelector('event-sequence').choose(7)`);
    await page.getByRole('region', { name: 'Event details' }).getByText('online → away').waitFor();
    await page.getByRole('row', { name: 'connection.lost', selected: true }).waitFor();
    expect(await page.evaluate('fixture.announced')).toEqual([]);
  });
});

test.each([1280, 360])('axe finds nothing in either theme, %i pixels wide', async (width) => {
  const { page } = await open({
    colorScheme: 'light',
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
  });
  expect(await faults(page)).toEqual([]);
  await add(page, ...LIFE);
  await page.getByRole('switch', { name: 'Heartbeats' }).click();
  await page.evaluate('fixture.look({ playhead: 3, isFollowing: false })');
  await page.getByRole('row', { name: 'join.committed' }).click();
  await page.getByRole('region', { name: 'Event details' }).waitFor();
  expect(await faults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Types' }).click();
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Filter by type or name' }).fill('nothing like it');
  await page.getByText('All events are hidden by the filter').waitFor();
  expect(await faults(page)).toEqual([]);
});

async function open(options: BrowserContextOptions = {}) {
  const page = await sequence.open(options);
  return { page, events: page.getByRole('grid', { name: 'Events' }) };
}
