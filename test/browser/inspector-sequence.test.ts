import axe from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useSequence } from './inspector-sequence/site.ts';

const sequence = useSequence();

const LIFE = [
  ['client:Ann > session:Ann connection.opened', { change: { from: null, to: 'online' } }],
  ['session:Ann > room:general member.join', { change: { from: 'founding', to: 'founding' } }],
  ['journal > room:general join.committed', { change: { from: 'founding', to: 'occupied' } }],
  ['session:Ann > session:Ann ping', {}],
  ['session:Ann > room:general message.post', {}],
  ['room:general > stats message.posted', {}],
  ['client:Ann > session:Ann connection.lost', { change: { from: 'online', to: 'away' } }],
  ['session:Ann > session:Ann xstate.after.30000.session.away', { change: { from: 'away', to: 'ended' } }],
];

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
    expect(await lanes(page)).toEqual(['client Ann', 'session Ann', 'room general', 'stats', 'journal']);
    await events.getByText('founding → occupied').waitFor();
    const [sender, receiver] = [await head(page, 'session Ann'), await head(page, 'room general')];
    const arrow = await box(page, '#event-5 .arrow');
    expect(Math.abs(arrow.x - middle(sender))).toBeLessThan(3);
    expect(Math.abs(arrow.x + arrow.width - middle(receiver))).toBeLessThan(3);
    expect(await page.locator('#event-8 .arrow').getAttribute('data-shape')).toBe('loop');
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
    expect(await page.getByRole('group', { name: 'Lanes' }).count()).toBe(0);
    await events.getByRole('row', { name: 'message.post' }).first().click();
    await page.getByRole('region', { name: 'Event details' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(await page.evaluate(`document.querySelector('.scroller').scrollWidth`)).toBe(360);
  });
});

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
    expect(await lanes(page)).toEqual(['session Ann', 'session Ben', 'room general', 'room attic']);
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
    expect(await page.evaluate('fixture.announced')).toEqual([['message-chosen', 1]]);
  });

  test('fold what is large and keep what was unfolded', async () => {
    const { page, events } = await open();
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`key${i}`, i]));
    await add(page, ...[1, 2].map(() => ['session:Ann > room:a message.post', { payload: { many } }]));
    const details = page.getByRole('region', { name: 'Event details' });
    await events.getByRole('row').first().click();
    expect(await details.getByText('key7:').count()).toBe(0);
    await details.getByText('many: {250}').click();
    await details.getByText('key99:').waitFor();
    await details.getByRole('button', { name: 'Show 100 of 150 more' }).click();
    await details.getByText('key199:').waitFor();
    await events.getByRole('row').last().click();
    await details.getByText('key99:').waitFor();
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
    expect(await rowIndex(page)).toBe(2);
    await page.keyboard.press('End');
    await expect.poll(() => active(page)).toBe(last);
    expect(await page.evaluate('fixture.announced')).toEqual([['message-chosen', 2]]);
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
    await heads.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => focused(page)).toBe('client User 5');
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe('journal');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('fixture.announced')).toEqual([['actor-chosen', 'journal']]);
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
    expect(await focused(page)).toBe('Events');
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

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  test.each([1280, 360])('axe finds nothing, %i pixels wide', async (width) => {
    const { page } = await open({ colorScheme, viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    await page.evaluate(axe.source);
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
});

async function open(options: BrowserContextOptions = {}) {
  const page = await sequence.open(options);
  return { page, events: page.getByRole('grid', { name: 'Events' }) };
}

function add(page: Page, ...lines: unknown[]): Promise<void> {
  return page.evaluate(`fixture.add(...${JSON.stringify(lines)})`);
}

function addMany(page: Page, count: number, parties = {}): Promise<void> {
  return page.evaluate(`fixture.addMany(${count}, ${JSON.stringify(parties)})`);
}

/** What a screen reader says of the rows that are drawn. */
function labels(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('[role=gridcell]')].map((cell) => cell.firstChild.textContent)`,
  );
}

function lanes(page: Page): Promise<string[]> {
  return page.getByRole('group', { name: 'Lanes' }).getByRole('button').allTextContents();
}

function head(page: Page, name: string) {
  return box(page, `.head[title="${name}"]`);
}

async function box(page: Page, selector: string) {
  const found = await page.locator(selector).boundingBox();
  if (!found) throw new Error(`nothing at ${selector}`);
  return found;
}

function middle({ x, width }: { x: number; width: number }): number {
  return x + width / 2;
}

function active(page: Page): Promise<string> {
  return page.evaluate(
    `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.querySelector('.visually-hidden').textContent ?? ''`,
  );
}

function rowIndex(page: Page): Promise<number> {
  return page.evaluate(
    `Number(document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.ariaRowIndex)`,
  );
}

/** What the focused element is called. */
function focused(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement.ariaLabel ?? document.activeElement.textContent`);
}

function scrollTo(page: Page, top: number): Promise<void> {
  return page.evaluate(`{ document.querySelector('.scroller').scrollTop = ${top}; }`);
}

function distanceToEnd(page: Page): Promise<number> {
  return page.evaluate(`{ const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.scroller');
    scrollHeight - scrollTop - clientHeight; }`);
}

/** The row that is at the top, beneath the heads, as a screen reader counts it and by its message. */
const TOP = `[...document.querySelectorAll('.row')].find((row) =>
  row.getBoundingClientRect().bottom > document.querySelector('.heads').getBoundingClientRect().bottom + 1)`;

function topRow(page: Page): Promise<number> {
  return page.evaluate(`Number(${TOP}?.ariaRowIndex)`);
}

function topId(page: Page): Promise<string> {
  return page.evaluate(`${TOP}?.id`);
}

function faults(page: Page): Promise<string[]> {
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      [id, html.slice(0, 200), failureSummary].join(' | '))))`);
}
