import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import {
  active,
  add,
  addMany,
  distanceToEnd,
  focused,
  framesShown,
  LIFE,
  labels,
  lanes,
  rowIndex,
  scrollTo,
  topId,
  topRow,
} from './inspector-sequence/diagram.ts';
import { useSequence } from './inspector-sequence/site.ts';

const sequence = useSequence();

describe('the filter', () => {
  test('leaves out heartbeats at first', async () => {
    const { page, events } = await open();
    await add(page, ...LIFE);
    await page.getByText('7 shown, 1 hidden').waitFor();
    await page.getByRole('switch', { name: 'Heartbeats' }).click();
    await events.getByRole('row', { name: 'ping' }).waitFor();
    await page.getByText('8 shown', { exact: true }).waitFor();
  });

  test('goes by type, with counts, and outlives new messages', async () => {
    const { page } = await open();
    await add(page, ...LIFE);
    await page.getByRole('button', { name: 'Types' }).click();
    const types = page.getByRole('list', { name: 'Types' });
    await types.getByRole('checkbox', { name: 'message.post 1' }).click();
    await expect.poll(() => labels(page)).toHaveLength(6);
    await types.getByRole('button', { name: 'Only member.join' }).click();
    await expect.poll(() => labels(page)).toHaveLength(1);
    await add(
      page,
      ['session:Ben > room:attic member.join', {}],
      ['session:Ben > room:attic typing.set', {}],
    );
    await expect.poll(() => labels(page)).toHaveLength(2);
    await types.getByRole('checkbox', { name: 'member.join 2' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Types: some');
    await expect
      .poll(() => lanes(page))
      .toEqual(['session Ann', 'session Ben', 'room general', 'room attic']);
    await page.getByRole('button', { name: 'Reset filter' }).click();
    await expect.poll(() => labels(page)).toHaveLength(9);
    await page.getByRole('button', { name: 'Types', exact: true }).waitFor();
  });

  test('goes by actor and by text', async () => {
    const { page } = await open();
    await add(page, ...LIFE);
    await page.getByRole('button', { name: 'Actors' }).click();
    await page.getByRole('searchbox', { name: 'Find actors' }).fill('stat');
    await page.getByRole('button', { name: 'Only stats' }).click();
    await expect.poll(() => lanes(page)).toEqual(['room general', 'stats']);
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Filter by type or name' }).fill('connection');
    await expect.poll(() => labels(page)).toHaveLength(2);
  });

  test('says when it hides all, and how to see them', async () => {
    const { page } = await open();
    await add(page, ...LIFE);
    await page.getByRole('searchbox', { name: 'Filter by type or name' }).fill('nothing like it');
    await page.getByText('All events are hidden by the filter').waitFor();
    await page.getByRole('button', { name: 'Show all events' }).click();
    await expect.poll(() => labels(page)).toHaveLength(8);
  });
});

describe('the keyboard', () => {
  test('goes through the rows, opens one and comes back', async () => {
    const { page, events } = await open();
    await addMany(page, 1_000);
    await events.focus();
    const last = await labels(page).then((all) => all.at(-1));
    await expect.poll(() => active(page)).toBe(last);
    await page.keyboard.press('Home');
    await expect.poll(() => active(page)).toContain('12:03:04.157');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageDown');
    await expect.poll(() => rowIndex(page)).toBeGreaterThan(8);
    await page.keyboard.press('PageUp');
    await expect.poll(() => rowIndex(page)).toBe(2);
    await page.keyboard.press('Enter');
    const details = page.getByRole('region', { name: 'Event details' });
    await expect.poll(() => focused(page)).toBe('Event details');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('Events');
    expect(await details.isVisible()).toBe(false);
    await expect.poll(() => rowIndex(page)).toBe(2);
    await page.keyboard.press('End');
    await expect.poll(() => active(page)).toBe(last);
    await expect.poll(() => page.evaluate('fixture.announced')).toEqual([['message-chosen', 2]]);
  });

  test('keeps the active row although it is scrolled out of sight', async () => {
    const { page, events } = await open();
    await addMany(page, 1_000);
    await events.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => rowIndex(page)).toBe(1);
    await scrollTo(page, 20_000);
    await expect.poll(() => topRow(page)).toBeGreaterThan(300);
    expect(await rowIndex(page)).toBe(1);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => rowIndex(page)).toBe(2);
    await expect.poll(() => topRow(page)).toBeLessThan(3);
  });

  test('goes from head to head, also to those out of sight', async () => {
    const { page } = await open();
    await addMany(page, 1_000, { sessions: 100, rooms: 20 });
    await page.getByRole('switch', { name: 'Only lanes in view' }).click();
    const heads = page.getByRole('group', { name: 'Lanes' });
    await framesShown(page);
    await heads.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focused(page)).toBe('client User 5');
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe('journal');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('fixture.announced')).toEqual([['actor-chosen', 'journal']]);
  });

  test('stays at a head that is scrolled out of sight, and goes to another when its lane is gone', async () => {
    const { page } = await open();
    await addMany(page, 1_000, { sessions: 100, rooms: 20 });
    const onlyInView = page.getByRole('switch', { name: 'Only lanes in view' });
    await onlyInView.click();
    await framesShown(page);
    const heads = page.getByRole('group', { name: 'Lanes' });
    await heads.getByRole('button').nth(1).focus();
    const name = await focused(page);
    await page.evaluate(`document.querySelector('.scroller').scrollLeft = 20_000`);
    await expect.poll(() => lanes(page)).toContain('journal');
    expect(await focused(page)).toBe(name);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focused(page)).not.toBe(name);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => focused(page)).toBe(name);
    // Not by the mouse, which would take the focus along.
    await onlyInView.dispatchEvent('click');
    await expect.poll(() => lanes(page)).not.toContain(name);
    expect(await lanes(page)).toContain(await focused(page));
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe('journal');
  });
});

describe('following', () => {
  test('stays at the end, unless the reader has gone up', async () => {
    const { page, events } = await open();
    await addMany(page, 200);
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(2);
    await addMany(page, 50);
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(2);
    await scrollTo(page, 1_000);
    const button = page.getByRole('button', { name: 'Jump to newest' });
    await button.waitFor();
    const top = await topRow(page);
    await addMany(page, 50);
    await page.getByRole('button', { name: '40 new' }).click();
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(2);
    expect(top).toBe(23);
    await expect.poll(() => focused(page)).toBe('Events');
    await addMany(page, 5);
    await expect.poll(() => distanceToEnd(page)).toBeLessThan(2);
    expect(await events.getByRole('row').count()).toBeLessThan(60);
  });

  test('leaves what one reads where it is when the oldest go, and when the filter changes', async () => {
    const { page } = await open();
    await addMany(page, 1_000);
    await scrollTo(page, 10_000);
    const id = await topId(page);
    await page.evaluate('fixture.drop(100)');
    await expect.poll(() => page.locator('.rows').getAttribute('aria-rowcount')).toBe('720');
    await expect.poll(() => topId(page)).toBe(id);
    await page.getByRole('switch', { name: 'Heartbeats' }).click();
    await expect.poll(() => page.locator('.rows').getAttribute('aria-rowcount')).toBe('900');
    await expect.poll(() => topId(page)).toBe(id);
  });

  test('has lanes for those only who have a part in what is in sight, when there are many', async () => {
    const { page } = await open();
    await addMany(page, 2_000, { sessions: 200, rooms: 50 });
    const onlyInView = page.getByRole('switch', { name: 'Only lanes in view' });
    await expect.poll(() => onlyInView.isChecked()).toBe(true);
    const wide = `document.querySelector('.canvas').offsetWidth`;
    const narrow = await page.evaluate<number>(wide);
    await onlyInView.click();
    await expect.poll(() => page.evaluate<number>(wide)).toBeGreaterThan(2 * narrow);
    expect(await page.locator('.head').count()).toBeLessThan(20);
  });
});

async function open(options: BrowserContextOptions = {}) {
  const page = await sequence.open(options);
  return { page, events: page.getByRole('grid', { name: 'Events' }) };
}
