import type { Page } from 'playwright-core';

// What the tests do to the sequence diagram, and what they see of it.

/** A session's, from its beginning to its end. */
export const LIFE = [
  ['client:Ann > session:Ann connection.opened', { change: { from: null, to: 'online' } }],
  ['session:Ann > room:general member.join', { change: { from: 'founding', to: 'founding' } }],
  ['journal > room:general join.committed', { change: { from: 'founding', to: 'occupied' } }],
  ['session:Ann > session:Ann ping', {}],
  ['session:Ann > room:general message.post', {}],
  ['room:general > stats message.posted', {}],
  ['client:Ann > session:Ann connection.lost', { change: { from: 'online', to: 'away' } }],
  ['session:Ann > session:Ann xstate.after.30000.session.away', { change: { from: 'away', to: 'ended' } }],
];

export function add(page: Page, ...lines: unknown[]): Promise<void> {
  return page.evaluate(`fixture.add(...${JSON.stringify(lines)})`);
}

/** Resolves when they are drawn: until then the end is where it was. */
export async function addMany(page: Page, count: number, parties = {}): Promise<void> {
  await page.evaluate(`fixture.addMany(${count}, ${JSON.stringify(parties)})`);
  await framesShown(page);
}

/** What a screen reader says of the rows that are drawn. */
export function labels(page: Page): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll('[role=gridcell]')].map((cell) => cell.firstChild.textContent)`,
  );
}

export function lanes(page: Page): Promise<string[]> {
  return page.getByRole('group', { name: 'Lanes' }).getByRole('button').allTextContents();
}

export function head(page: Page, name: string) {
  return box(page, `.head[title="${name}"]`);
}

export async function box(page: Page, selector: string) {
  const found = await page.locator(selector).boundingBox();
  if (!found) throw new Error(`nothing at ${selector}`);
  return found;
}

export function middle({ x, width }: { x: number; width: number }): number {
  return x + width / 2;
}

export function active(page: Page): Promise<string> {
  return page.evaluate(
    `document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.querySelector('.visually-hidden').textContent ?? ''`,
  );
}

export function rowIndex(page: Page): Promise<number> {
  return page.evaluate(
    `Number(document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.ariaRowIndex)`,
  );
}

/** What the focused element is called. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement.ariaLabel ?? document.activeElement.textContent`);
}

/** Resolves when the rows that are then in sight have been drawn: that is done before the frame that shows them. */
export function scrollTo(page: Page, top: number): Promise<void> {
  return page.evaluate(`new Promise((resolve) => {
    document.querySelector('.scroller').scrollTop = ${top};
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  })`);
}

/** Resolves when what has changed has been drawn. */
export function framesShown(page: Page): Promise<void> {
  return page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))',
  );
}

export function distanceToEnd(page: Page): Promise<number> {
  return page.evaluate(`{ const { scrollHeight, scrollTop, clientHeight } = document.querySelector('.scroller');
    scrollHeight - scrollTop - clientHeight; }`);
}

/** The row that is at the top, beneath the heads, as a screen reader counts it and by its message. */
const TOP = `[...document.querySelectorAll('.row')].find((row) =>
  row.getBoundingClientRect().bottom > document.querySelector('.heads').getBoundingClientRect().bottom + 1)`;

export function topRow(page: Page): Promise<number> {
  return page.evaluate(`Number(${TOP}?.ariaRowIndex)`);
}

export function topId(page: Page): Promise<string> {
  return page.evaluate(`${TOP}?.id`);
}
