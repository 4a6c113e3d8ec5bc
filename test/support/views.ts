import type { BrowserContextOptions } from 'playwright-core';
import type { ChatPage } from './browser.ts';
import type { PageLine } from './page-line.ts';

// Every view that the page has, each with how one gets there from the form. Shared by what looks for faults in them and
// by what takes their pictures.

export type Size = 'wide' | 'phone';

export const WINDOWS = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true },
} satisfies Record<Size, BrowserContextOptions>;

interface View {
  name: string;
  /** Where there is such a view. */
  sizes: readonly Size[];
  show(ann: ChatPage, size: Size, line: PageLine): Promise<void>;
}

const BOTH: readonly Size[] = ['wide', 'phone'];

/** In the order in which one page goes through them. */
export const views: readonly View[] = [
  {
    name: 'join',
    sizes: BOTH,
    show: (ann) => ann.page.getByRole('button', { name: 'Join chat' }).waitFor(),
  },
  {
    name: 'join-refused',
    sizes: BOTH,
    async show(ann) {
      await ann.page.getByRole('textbox', { name: 'Username' }).fill('A');
      await ann.click('Join chat');
      await ann.page.getByRole('alert').getByText('A name has at least 2 characters.').waitFor();
    },
  },
  {
    name: 'join-waiting',
    sizes: BOTH,
    async show(ann, _, line) {
      line.cut();
      await ann.page.getByRole('textbox', { name: 'Username' }).fill('Ann');
      await ann.click('Join chat');
      await ann.page.getByRole('alert').getByText('The server does not answer. Trying again…').waitFor();
    },
  },
  {
    name: 'room',
    sizes: BOTH,
    async show(ann, _, line) {
      line.mend();
      await ann.comesBack();
      await ann.isIn('general');
      await ann.sees('Good morning, @Ann!');
    },
  },
  {
    name: 'suggestions',
    sizes: BOTH,
    async show(ann) {
      await ann.composer.pressSequentially('/');
      await ann.page.getByRole('listbox', { name: 'Suggestions' }).waitFor();
    },
  },
  {
    name: 'too-long',
    sizes: ['wide'],
    async show(ann) {
      await ann.composer.fill('word '.repeat(405));
      await ann.page.locator('textarea[aria-invalid="true"]').waitFor();
    },
  },
  {
    name: 'emoji',
    sizes: BOTH,
    async show(ann) {
      await ann.composer.fill('');
      await ann.click('Emoji');
      await ann.page.getByRole('option').first().waitFor();
      await ann.page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'notifications',
    sizes: BOTH,
    async show(ann) {
      await ann.page.keyboard.press('Escape');
      await ann.click('Notifications');
      await ann.page.getByRole('switch', { name: 'Soft sound' }).click();
    },
  },
  {
    name: 'switcher',
    sizes: BOTH,
    async show(ann) {
      await ann.page.keyboard.press('Escape');
      await ann.page.keyboard.press('Control+k');
      await ann.page.getByRole('dialog').getByRole('option').first().waitFor();
    },
  },
  {
    name: 'rooms-drawer',
    sizes: ['phone'],
    async show(ann) {
      await ann.page.keyboard.press('Escape');
      await ann.page
        .getByRole('navigation', { name: 'Panels' })
        .getByRole('button', { name: 'Rooms' })
        .click();
      await ann.rooms.getByText('random').waitFor();
      await atRest(ann);
    },
  },
  {
    name: 'error',
    sizes: BOTH,
    async show(ann, size) {
      if (size === 'wide') await ann.page.keyboard.press('Escape');
      await ann.page.getByRole('textbox', { name: 'Room name' }).fill('!');
      await ann.click('Create room');
      await ann.page.getByRole('alert').getByText('can’t be the name of a room').waitFor();
      if (await ann.page.getByRole('button', { name: 'Close rooms' }).isVisible()) {
        await atRest(ann);
      }
    },
  },
  {
    name: 'people-drawer',
    sizes: ['phone'],
    async show(ann) {
      await ann.page.keyboard.press('Escape');
      await ann.click('People');
      await ann.people.getByText('Bob', { exact: true }).waitFor();
      await atRest(ann);
    },
  },
  {
    name: 'private',
    sizes: BOTH,
    async show(ann) {
      await ann.people.getByRole('button', { name: 'Bob' }).click();
      await ann.isIn('Bob');
      await ann.say('Shall we meet at three?');
      await ann.sees('Shall we meet at three?');
      await atRest(ann);
    },
  },
  {
    name: 'empty-room',
    sizes: BOTH,
    async show(ann) {
      await ann.say('/join random');
      await ann.isIn('random');
      await ann.page.getByText('Nothing has been said here yet. Yours can be the first word.').waitFor();
    },
  },
  {
    name: 'reconnecting',
    sizes: BOTH,
    async show(ann, _, line) {
      line.cut();
      await ann.status('Reconnecting…');
      await ann.say('Is anybody there?');
      await ann.log.getByText('Sending…').waitFor();
      await ann.page.getByRole('button', { name: 'Try now' }).waitFor();
    },
  },
];

/** What moves has come to rest, or was broken off; what was sent is confirmed. */
async function atRest({ page }: ChatPage): Promise<void> {
  await page.getByText('Sending…').waitFor({ state: 'hidden' });
  await page.evaluate(
    'Promise.allSettled(document.getAnimations().map((each) => each.effect.getTiming().iterations === Infinity || each.finished)).then(() => {})',
  );
}
