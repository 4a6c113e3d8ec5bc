import { expect } from 'vitest';
import type { ChatPage, useBrowser } from '../support/browser.ts';
import type { Person, RoomView } from './person.ts';
import type { StandingRoomAnswer as Answer } from './standing-room.model.ts';

/** Ann, at the chat page. What she sees of the room is what the page shows of it. */
export class PagePerson implements Person {
  readonly name = 'Ann';
  readonly #browser: ReturnType<typeof useBrowser>;
  readonly #url: string;
  readonly #room: string;
  #page!: ChatPage;

  private constructor(browser: ReturnType<typeof useBrowser>, url: string, room: string) {
    this.#browser = browser;
    this.#url = url;
    this.#room = room;
  }

  static async of(browser: ReturnType<typeof useBrowser>, url: string, room: string): Promise<PagePerson> {
    const person = new PagePerson(browser, url, room);
    await person.comeAnew();
    return person;
  }

  async join(name: string): Promise<Answer> {
    const field = this.#page.page.getByRole('textbox', { name: 'Room name' });
    await field.fill(name);
    await this.#page.click('Create room');
    const refusal = this.#page.page.getByRole('alert').getByText('can’t be the name of a room');
    // What was typed stays for being corrected, and goes when it was taken.
    const answer = async () => {
      if (await refusal.isVisible()) return 'bad_name';
      return (await field.inputValue()) === '' ? 'joined' : undefined;
    };
    await expect.poll(answer, { timeout: 10_000 }).toBeDefined();
    return (await answer()) as Answer;
  }

  async leave(): Promise<Answer> {
    await this.#page.click('Leave room');
    await this.#page.isIn('general');
    return 'left';
  }

  async say(text: string): Promise<Answer> {
    const before = await this.#lines();
    await this.#page.say(text);
    const isStored = async () => (await this.#lines()).length > before.length && !(await this.#isSending());
    await expect.poll(isStored, { timeout: 10_000 }).toBe(true);
    return 'ack';
  }

  /** Leaves the page; the tab keeps what it knows of the session. */
  async goAway(): Promise<void> {
    await this.#page.page.goto('about:blank');
  }

  async comeBack(): Promise<void> {
    await this.#page.page.goto(`${this.#url}/#${this.#room}`);
    await this.#page.isConnected();
    await this.#page.isIn(this.#room);
  }

  async comeAnew(): Promise<void> {
    this.#page = await this.#browser.join(this.#url, this.name);
  }

  async look(): Promise<RoomView | undefined> {
    const isIn = this.#page.rooms.getByRole('button', { name: new RegExp(`^#?${this.#room} .*joined`) });
    if ((await isIn.count()) === 0) return undefined;
    const people = await this.#page.people.locator('.name').allTextContents();
    return { people, lines: await this.#lines() };
  }

  #lines(): Promise<string[]> {
    return this.#page.log.locator(':is(.message, .action, .system) .text').allTextContents();
  }

  #isSending(): Promise<boolean> {
    return this.#page.log.getByText('Sending…').isVisible();
  }
}
