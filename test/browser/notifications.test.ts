import { expect, test } from 'vitest';
import { ChatPage, hide, useBrowser } from '../support/browser.ts';
import { startServer } from '../support/server.ts';

const browser = useBrowser();

/** Stand-ins that note what is asked of the system; runs in the page, whose types are not ours: hence text. */
const NOTE_CALLS = `
  window.asked = 0;
  window.shown = [];
  window.tones = 0;
  window.answer = 'granted';
  window.Notification = class extends EventTarget {
    static permission = 'default';
    static async requestPermission() { window.asked++; return (this.permission = window.answer); }
    constructor(title, { body, tag }) { super(); window.shown.push({ title, body, tag }); window.last = this; }
    close() {}
  };
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (when) { window.tones++; return start.call(this, when); };`;

/** What one needs that lies under the toast, and of how many. */
const COVERED = `(() => {
  const toast = document.querySelector('.toast').getBoundingClientRect();
  const needed = [...document.querySelectorAll(
    '.top button, #room-title, #leave-room, room-list, people-list, message-composer')]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }));
  const covered = needed.filter((each) => {
    const box = each.getBoundingClientRect();
    return toast.x < box.right && box.x < toast.right && toast.y < box.bottom && box.y < toast.bottom;
  });
  return { needed: needed.length, covered: covered.map((each) => each.outerHTML.slice(0, 80)) };
})()`;

test('shows the text of a private message at once wherever the user is, until it is dismissed', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann', { viewport: { width: 320, height: 568 } });
  const bob = await server.user('Bob');
  await ann.click('Rooms');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst\nsecond line' });
  const news = ann.page.getByRole('status', { name: 'News' });
  await news.getByText('psst\nsecond line').waitFor();
  const toast = await ann.page.locator('.toast').boundingBox();
  const header = await ann.page.locator('.top').boundingBox();
  if (!toast || !header) throw new Error('The toast or the header is not there');
  expect(toast.y).toBeGreaterThanOrEqual(header.y + header.height);
  expect(toast.x).toBeGreaterThanOrEqual(0);
  expect(toast.x + toast.width).toBeLessThanOrEqual(320);

  await news.getByRole('button', { name: 'Dismiss' }).click();
  await news.getByText('psst').waitFor({ state: 'hidden' });
  await bob.ask({ type: 'pm', to: 'Ann', text: 'again' });
  await news.getByText('again').click();
  await ann.isIn('Bob');
  await news.getByText('again').waitFor({ state: 'hidden' });
  await expect.poll(() => ann.texts()).toEqual(['psst\nsecond line', 'again']);
});

test('covers nothing that one needs with it, in whatever window', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann', { reducedMotion: 'reduce' });
  const bob = await server.user('Bob');
  await ann.say('/join attic');
  await ann.isIn('attic');
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await ann.page.locator('.toast').waitFor();
  for (const [width, height] of [
    [1280, 800],
    [900, 600], // with the lists just beside
    [360, 640], // a phone
  ] as const) {
    await ann.page.setViewportSize({ width, height });
    const { needed, covered } = await ann.page.evaluate<{ needed: number; covered: string[] }>(COVERED);
    expect({ width, covered }).toEqual({ width, covered: [] });
    expect(needed).toBeGreaterThan(5);
  }
});

test('marks what is unread in the title and the icon while the page is hidden', async () => {
  const server = await startServer();
  const ann = await browser.join(server.url, 'Ann');
  const bob = await server.user('Bob');
  expect(await icon(ann)).toBe('icon.svg');
  await hide(ann, true);
  await bob.say('general', 'hello');
  await expect.poll(() => ann.page.title()).toBe('(1) general · Troupe');
  await expect.poll(() => icon(ann)).toBe('icon-news.svg');
  await hide(ann, false);
  await expect.poll(() => ann.page.title()).toBe('general · Troupe');
  await expect.poll(() => icon(ann)).toBe('icon.svg');
});

test('notifies and sounds for mentions and private messages while hidden, each if turned on', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  await ann.page.addInitScript(NOTE_CALLS);
  await ann.page.reload();
  await ann.join('Ann');
  const bob = await server.user('Bob');
  await hide(ann, true);
  await bob.say('general', '@Ann nobody has turned it on');
  await ann.sees('@Ann nobody has turned it on');
  expect(await calls(ann)).toEqual({ asked: 0, shown: [], tones: 0 });
  await hide(ann, false);

  await ann.click('Notifications');
  await toggle(ann, 'Browser notifications').click();
  await expect.poll(() => calls(ann)).toEqual({ asked: 1, shown: [], tones: 0 });
  await hide(ann, true);
  await bob.say('general', 'not for Ann alone');
  await bob.say('general', '@ann look');
  const look = { title: 'Bob in #general', body: '@ann look', tag: expect.stringMatching(/^troupe-\d+$/) };
  await expect.poll(() => calls(ann)).toEqual({ asked: 1, shown: [look], tones: 0 });
  await hide(ann, false);
  await bob.say('general', '@Ann you look already');
  await ann.sees('@Ann you look already');
  expect(await calls(ann)).toEqual({ asked: 1, shown: [look], tones: 0 });

  await toggle(ann, 'Soft sound').click();
  await expect.poll(async () => (await calls(ann)).tones).toBe(2);
  await toggle(ann, 'Browser notifications').click();
  await ann.page.keyboard.press('Escape');
  await ann.page.reload();
  await ann.isConnected();
  await ann.click('Notifications');
  await expect.poll(() => toggle(ann, 'Soft sound').isChecked()).toBe(true);
  await expect.poll(() => toggle(ann, 'Browser notifications').isChecked()).toBe(false);
  await hide(ann, true);
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await expect.poll(() => calls(ann)).toEqual({ asked: 0, shown: [], tones: 2 });
});

test('says why notifications stay off, and opens the conversation of one that is clicked', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  await ann.page.addInitScript(NOTE_CALLS);
  await ann.page.reload();
  await ann.join('Ann');
  await ann.page.evaluate(`answer = 'denied'`);
  await ann.click('Notifications');
  await toggle(ann, 'Browser notifications').click();
  await ann.page.getByText('The browser does not allow it').waitFor();
  await expect.poll(() => toggle(ann, 'Browser notifications').isChecked()).toBe(false);

  await ann.page.evaluate(`Notification.permission = 'granted'`);
  await toggle(ann, 'Browser notifications').click();
  await ann.page.getByText('The browser does not allow it').waitFor({ state: 'hidden' });
  const bob = await server.user('Bob');
  await hide(ann, true);
  await bob.ask({ type: 'pm', to: 'Ann', text: 'psst' });
  await expect.poll(async () => (await calls(ann)).shown).toMatchObject([{ title: 'Bob', body: 'psst' }]);
  await ann.page.evaluate(`last.dispatchEvent(new Event('click'))`);
  await ann.isIn('Bob');
});

test('is told by one tab of several, and not of a name in code', async () => {
  const server = await startServer();
  const ann = await browser.open(server.url);
  await ann.page.context().addInitScript(NOTE_CALLS);
  await ann.page.reload();
  await ann.join('Ann');
  await ann.click('Notifications');
  await toggle(ann, 'Browser notifications').click();
  await toggle(ann, 'Soft sound').click();
  await ann.page.keyboard.press('Escape');
  const opened = ann.page.waitForEvent('popup');
  await ann.page.evaluate('void window.open(location.href)');
  const second = new ChatPage({ page: await opened, complaints: ann.complaints });
  await second.isConnected();
  await second.page.evaluate(`Notification.permission = 'granted'`);
  const bob = await server.user('Bob');
  const before = (await calls(ann)).tones;
  for (const tab of [ann, second]) await hide(tab, true);

  await bob.say('general', '`@Ann` is how one writes it');
  await bob.say('general', '@Ann look');
  const shown = async () => [...(await calls(ann)).shown, ...(await calls(second)).shown];
  await expect.poll(shown).toHaveLength(1);
  for (const tab of [ann, second]) await tab.sees('@Ann look');
  expect(await shown()).toMatchObject([{ body: '@Ann look' }]);
  expect((await calls(ann)).tones - before + (await calls(second)).tones).toBe(2);
});

function toggle({ page }: ChatPage, name: string) {
  return page.getByRole('switch', { name });
}

function calls({ page }: ChatPage): Promise<{ asked: number; shown: object[]; tones: number }> {
  return page.evaluate('({ asked, shown, tones })');
}

function icon({ page }: ChatPage): Promise<string | null> {
  return page.locator('link[rel="icon"]').getAttribute('href');
}
