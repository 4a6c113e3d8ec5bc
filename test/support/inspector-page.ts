import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { FeedFrame } from '../../src/inspect/wire.ts';
import type { ChatPage, useBrowser } from './browser.ts';
import { FakeFeed } from './fake-feed.ts';
import { startServer } from './server.ts';

/** The inspector page by the names that assistive technology reads. */
export class InspectorPage {
  readonly page: Page;
  readonly #person: ChatPage;

  constructor(person: ChatPage) {
    this.#person = person;
    this.page = person.page;
  }

  /** What the console is bound to say. */
  set expected(pattern: RegExp) {
    this.#person.expected = pattern;
  }

  get list(): Locator {
    return this.page.getByRole('listbox', { name: 'Actors' });
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search actors' });
  }

  get tree(): Locator {
    return this.page.getByRole('tree', { name: 'Context' });
  }

  get changes(): Locator {
    return this.page.getByRole('list', { name: 'What changed' });
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: 'Place in the recording' });
  }

  /** How many of the steps lie behind. */
  place(words: string): Promise<void> {
    return this.page.locator('playback-bar .place').getByText(words).waitFor();
  }

  actor(name: string): Locator {
    return this.list.getByRole('option', { name });
  }

  async choose(name: string): Promise<void> {
    await this.actor(name).click();
    await this.title(name);
  }

  title(name: string): Promise<void> {
    return this.page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
  }

  click(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  status(words: string): Promise<void> {
    return this.page.getByRole('status', { name: 'Connection' }).getByText(words, { exact: true }).waitFor();
  }

  says(words: string | RegExp): Promise<void> {
    return this.page.getByRole('status', { name: 'News' }).getByText(words).waitFor({ state: 'attached' });
  }

  /** Names and states of the actors that one sees. */
  rows(): Promise<string[]> {
    return this.list
      .getByRole('option')
      .evaluateAll((options) =>
        (options as unknown as { querySelector(selector: string): { textContent: string } }[]).map(
          (option) =>
            `${option.querySelector('.name').textContent} ${option.querySelector('.state').textContent}`,
        ),
      );
  }

  chosen(): Locator {
    return this.list.locator('[aria-selected="true"]');
  }
}

/** Opens the page with a feed that the test speaks for. */
export async function openWithFakeFeed(
  browser: ReturnType<typeof useBrowser>,
  greeting: FeedFrame[],
  options: BrowserContextOptions & { path?: string; refusal?: [status: number, error?: string] } = {},
): Promise<{ inspector: InspectorPage; feed: FakeFeed }> {
  const { path = '/inspector', refusal, ...context } = options;
  const { url } = await startServer();
  const person = await browser.open('about:blank', context);
  const feed = await FakeFeed.lay(person.page, ...greeting);
  if (refusal) feed.refuse(...refusal);
  const inspector = new InspectorPage(person);
  await inspector.page.goto(url + path);
  return { inspector, feed };
}
