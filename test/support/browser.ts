import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { beforeAll, expect, onTestFinished } from 'vitest';
import { findChromium, isRoot } from './chromium.ts';
import { PATIENCE_MS } from './patience.mjs';

/** What Chromium says of a server that is not there, for `ChatPage.expected`. */
export const UNREACHABLE =
  /net::ERR_(CONNECTION|EMPTY_RESPONSE|INCOMPLETE_CHUNKED|SOCKET)|^WebSocket connection to \S+ failed/;

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs in the page, whose types are not ours: hence text. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.violatedDirective + ' by ' + event.blockedURI);
})`;

/** A headless browser with an empty profile, which Playwright makes for it and deletes after it. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    headless: true,
    // Chromium refuses to be sandboxed as root.
    chromiumSandbox: !isRoot(),
    args: FLAGS,
  });
}

/** To start a browser takes longer than most tests: all files of a worker have one. It goes when the worker goes. */
let shared: Promise<Browser> | undefined;

async function sharedBrowser(): Promise<Browser> {
  const browser = await shared;
  if (browser?.isConnected()) return browser;
  shared = launchBrowser();
  return shared;
}

/** `open` opens a page as a person of their own would, in a context that nobody else has. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await sharedBrowser();
  });

  return {
    /** A page with storage of its own, at `url`. What its console complains of fails the test. */
    async open(url: string, options: BrowserContextOptions = {}): Promise<ChatPage> {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(PATIENCE_MS);
      const person = new ChatPage(await watch(context));
      onTestFinished(async () => {
        await context.close();
        expect(person.complaints.filter((each) => !person.expected?.test(each))).toEqual([]);
      });
      await person.page.goto(url);
      return person;
    },

    /** The same, and joined under `name`. */
    async join(url: string, name: string, options: BrowserContextOptions = {}): Promise<ChatPage> {
      const person = await this.open(url, options);
      await person.join(name);
      return person;
    },
  };
}

/** The chat page by the names that assistive technology reads. */
export class ChatPage {
  readonly page: Page;
  readonly complaints: string[];
  /** What the console is bound to say, such as that a server which is down refuses. */
  expected: RegExp | undefined;

  constructor({ page, complaints }: { page: Page; complaints: string[] }) {
    this.page = page;
    this.complaints = complaints;
  }

  get log() {
    return this.page.getByRole('log', { name: 'Messages' });
  }

  get rooms() {
    return this.page.getByRole('list', { name: 'Rooms' });
  }

  get privates() {
    return this.page.getByRole('list', { name: 'Private conversations' });
  }

  get people() {
    return this.page.getByRole('list', { name: 'People' });
  }

  get composer() {
    return this.page.getByRole('textbox', { name: 'Message' });
  }

  get title() {
    return this.page.getByRole('heading', { level: 1 });
  }

  async join(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Username' }).fill(name);
    await this.click('Join chat');
    await this.isConnected();
    await this.composer.waitFor();
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.click('Send');
  }

  async createRoom(name: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Room name' }).fill(name);
    await this.click('Create room');
    await this.isIn(name);
  }

  async openRoom(name: string): Promise<void> {
    await this.rooms.getByRole('button', { name }).click();
    await this.isIn(name);
  }

  click(button: string): Promise<void> {
    return this.page.getByRole('button', { name: button, exact: true }).click();
  }

  sees(text: string): Promise<void> {
    return this.log.getByText(text, { exact: true }).waitFor();
  }

  isIn(room: string): Promise<void> {
    return this.title.filter({ hasText: room }).waitFor();
  }

  isConnected(): Promise<void> {
    return this.status('Connected');
  }

  /** Connects at once, not when the page would try next: after many attempts that is half a minute away. */
  async comesBack(): Promise<void> {
    const isBack = async () => {
      // Does nothing while an attempt is under way.
      await this.page.evaluate(`document.querySelector('connection-status button').click()`);
      return this.page
        .getByRole('status', { name: 'Connection' })
        .getByText('Connected', { exact: true })
        .isVisible();
    };
    await expect.poll(isBack, { timeout: 2 * PATIENCE_MS }).toBe(true);
  }

  /** Resolves when it says so; `timeout` is in milliseconds. */
  status(words: string, timeout = PATIENCE_MS): Promise<void> {
    const status = this.page.getByRole('status', { name: 'Connection' });
    return status.getByText(words, { exact: true }).waitFor({ timeout });
  }

  /** The texts of messages and actions in the log, from top to bottom. */
  texts(): Promise<string[]> {
    return this.log.locator(':is(.message, .action, .private) .text').allTextContents();
  }
}

/** As if the user turned to another tab, or back. */
export async function hide({ page }: ChatPage, isHidden: boolean): Promise<void> {
  await page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))`);
}

/** A page of which everything is noted that must not happen: errors, warnings, breaches of the policy. */
async function watch(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('dialog', async (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await context.addInitScript(REPORT_VIOLATIONS);
  return { page: await context.newPage(), complaints };
}
