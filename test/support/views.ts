import type { BrowserContextOptions } from 'playwright-core';
import type { ChatPage } from './browser.ts';

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
  show(ann: ChatPage, size: Size): Promise<void>;
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
    name: 'room',
    sizes: BOTH,
    async show(ann) {
      await ann.join('Ann');
      await ann.isIn('general');
      await ann.sees('Good morning, @Ann!');
    },
  },
  {
    name: 'rooms-drawer',
    sizes: ['phone'],
    async show(ann) {
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
    async show(ann) {
      await ann.page.getByRole('textbox', { name: 'Room name' }).fill('!');
      await ann.click('Create room');
      await ann.page.getByRole('alert').getByText('Bad room name').waitFor();
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
];

/** What moves has come to rest, what was sent is confirmed. */
async function atRest({ page }: ChatPage): Promise<void> {
  await page.getByText('Sending…').waitFor({ state: 'hidden' });
  await page.evaluate(
    'Promise.all(document.getAnimations().map((each) => each.effect.getTiming().iterations === Infinity || each.finished))',
  );
}
