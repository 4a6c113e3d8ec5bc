import { once } from 'node:events';
import { setInterval } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import WebSocket from 'ws';
import type { Figure, Site } from './figure.ts';
import { longestTask } from './long-tasks.ts';

const LINES = 5_000;
/** Lines that are said at once while the room fills. */
const AT_ONCE = 500;
const A_SECOND = 100;
const STORM_SECONDS = 4;

/** A room with many lines on the page, and more that arrive. */
export async function measureLog({ url, browser }: Site): Promise<Figure[]> {
  const speakers = [await Speaker.enter(url, 'Bob'), await Speaker.enter(url, 'Cy')] as const;
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Username' }).fill('Ann');
  await page.getByRole('button', { name: 'Join chat' }).click();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();

  let said = 0;
  const say = () => {
    speakers[said % 7 < 4 ? 0 : 1].say(`message ${said}`);
    said += 1;
  };
  say();
  while (said < LINES) {
    await shows(page, said);
    for (let i = 0; i < AT_ONCE && said < LINES; i++) say();
  }
  await shows(page, said);

  const figures = [
    await longestTask(
      page,
      `${LINES.toLocaleString('en')} lines on the page and ${A_SECOND} a second arriving`,
      async () => {
        let left = STORM_SECONDS * A_SECOND;
        for await (const _ of setInterval(1_000 / A_SECOND)) {
          say();
          left -= 1;
          if (left === 0) break;
        }
        await shows(page, said);
      },
    ),
    await longestTask(page, 'turning to that room', async () => {
      await open(page, 'random');
      await open(page, 'general');
      await page.getByText(`message ${said - 1}`, { exact: true }).waitFor();
    }),
  ];
  for (const speaker of speakers) speaker.leave();
  await page.close();
  return figures;
}

/** Resolves when the last of so many lines is on the page. */
function shows(page: Page, count: number): Promise<void> {
  return page.getByText(`message ${count - 1}`, { exact: true }).waitFor();
}

async function open(page: Page, room: string): Promise<void> {
  await page.getByRole('list', { name: 'Rooms' }).getByRole('button', { name: room }).click();
  await page.getByRole('heading', { level: 1 }).filter({ hasText: room }).waitFor();
}

/** Somebody in general who talks. */
class Speaker {
  readonly #socket: WebSocket;

  static async enter(url: string, name: string): Promise<Speaker> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws/chat?name=${name}`);
    await once(socket, 'open');
    return new Speaker(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  say(text: string): void {
    this.#socket.send(JSON.stringify({ type: 'message', room: 'general', text }));
  }

  leave(): void {
    this.#socket.terminate();
  }
}
