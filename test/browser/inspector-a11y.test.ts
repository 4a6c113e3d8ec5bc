import { expect, test } from 'vitest';
import { actor, event, hello, list, snapshot, step } from '../inspector/frames.ts';
import { faults } from '../support/axe.ts';
import { useBrowser } from '../support/browser.ts';
import { openWithFakeFeed } from '../support/inspector-page.ts';

const browser = useBrowser();

const WINDOWS = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
};
/** Of axe: also that nothing is too small to be hit, which it does not look at by itself. */
const TARGETS_TOO = { rules: { 'target-size': { enabled: true } } };
const PANES = ['Actors', 'Chart', 'Events', 'Context'];

const greeting = [
  hello(),
  list([
    ['x:1', 'room:general', 'occupied'],
    ['x:2', 'session:Ann', 'online'],
    ['x:3', 'stats', 'watched.feed.calm, watched.report.waiting'],
  ]),
];
const happening = [
  actor('x:1', 'room:general', 'occupied', { users: 1, members: [{ id: 'u1' }], topic: 'x'.repeat(300) }),
  event('1', 'x:1', { type: 'member.join' }, { sourceId: 'x:2' }),
  step('1', 'x:1', 'member.join', 'occupied', 'occupied'),
  snapshot('x:1', 'occupied', { users: 2, members: [{ id: 'u1' }, { id: 'u2' }], topic: '…' }, { at: 50 }),
];

test.each(['wide', 'phone'] as const)('axe finds nothing in any view in either theme, %s', async (size) => {
  const options = { ...WINDOWS[size], colorScheme: 'light', reducedMotion: 'reduce' } as const;
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, { ...options, refusal: [404] });
  inspector.expected = /40[34]/;
  const isFlawless = async (view: string) =>
    expect({ [view]: await faults(inspector.page, TARGETS_TOO) }).toEqual({ [view]: [] });

  await inspector.page.getByRole('heading', { name: 'The inspector is off' }).waitFor();
  await isFlawless('off');
  feed.refuse(403, 'A token is needed');
  await inspector.click('Try again');
  await inspector.page.getByRole('alert').getByText('A token is needed').waitFor();
  await isFlawless('refused');
  feed.admit();
  await inspector.click('Use this token');
  await inspector.actor('general').waitFor();
  await isFlawless('no actor chosen');

  feed.send(...happening);
  await inspector.actor('general').click();
  await inspector.page.getByText('Step 1 of 1').waitFor();
  for (const pane of size === 'phone' ? PANES : ['all']) {
    if (size === 'phone') await inspector.page.getByRole('tab', { name: pane }).click();
    await isFlawless(pane);
  }
  await inspector.click('Pause');
  await inspector.click('Step back');
  await isFlawless('paused');
  const chooser = inspector.page.waitForEvent('filechooser');
  await inspector.click('Open recording');
  await (await chooser).setFiles({ name: 'x.json', mimeType: 'text/json', buffer: Buffer.from('') });
  await inspector.page.getByRole('alert').getByText('x.json').waitFor();
  await isFlawless('error');
  if (size === 'wide') {
    await inspector.click('Keyboard shortcuts');
    await isFlawless('keys');
  }
});

test('no pane is wider than 320 pixels', async () => {
  const { inspector, feed } = await openWithFakeFeed(browser, greeting, {
    ...WINDOWS.phone,
    viewport: { width: 320, height: 568 },
  });
  await inspector.actor('general').waitFor();
  feed.send(...happening);
  await inspector.actor('general').click();
  for (const pane of PANES) {
    await inspector.page.getByRole('tab', { name: pane }).click();
    expect({ [pane]: await inspector.page.evaluate('document.documentElement.scrollWidth - 320') }).toEqual({
      [pane]: 0,
    });
  }
});

test('shows one pane at a time on a phone, chosen by tabs and their keys', async () => {
  const { inspector } = await openWithFakeFeed(browser, greeting, WINDOWS.phone);
  const { page } = inspector;
  await inspector.actor('general').click();
  await page.getByRole('tab', { name: 'Actors', selected: true }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('tabpanel', { name: 'general' }).waitFor();
  expect(await inspector.list.isVisible()).toBe(false);
  await page.keyboard.press('End');
  await page.getByRole('tabpanel', { name: 'Context' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await inspector.actor('general').waitFor();
});
