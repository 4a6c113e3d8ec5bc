import { readFileSync } from 'node:fs';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { StateValue, TimerView, TransitionView } from '../../src/inspect/wire.ts';
import type { ChatPage, useBrowser } from './browser.ts';
import { PATIENCE_MS } from './patience.mjs';
import { PLAIN, startServer } from './server.ts';

const PAGE = readFileSync(new URL('../browser/inspector-chart.html', import.meta.url), 'utf8');

/** A page with nothing but a statechart on it, where the inspector page is and under its policy. */
export async function openChart(
  browser: ReturnType<typeof useBrowser>,
  options: BrowserContextOptions = {},
): Promise<Chart> {
  const { url } = await startServer({}, { publicDir: PLAIN });
  const person = await browser.open('about:blank', { viewport: { width: 900, height: 700 }, ...options });
  const { page } = person;
  await page.route('**/inspector', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, status: 200, contentType: 'text/html;charset=utf-8', body: PAGE });
  });
  await page.goto(`${url}/inspector`);
  await page.evaluate(`customElements.whenDefined('state-chart').then(() => {})`);
  return new Chart(person);
}

export interface Shown {
  value?: StateValue;
  status?: string;
  step?: TransitionView[];
  timers?: TimerView[];
  isLive?: boolean;
}

/** Tells the element what to show, and finds what it shows. */
export class Chart {
  readonly page: Page;
  /** For what the console is bound to say. */
  readonly person: ChatPage;

  constructor(person: ChatPage) {
    this.person = person;
    this.page = person.page;
  }

  get element(): Locator {
    return this.page.locator('state-chart');
  }

  /** Resolves when it is drawn, or when it says why it is not. */
  async show(definition: string | undefined, shown: Shown = {}): Promise<void> {
    await this.tell(`chart.showMachine(${JSON.stringify(definition)})`);
    await this.say(shown);
    await this.page.locator('state-chart:not([data-view="waiting"])').first().waitFor({ timeout: 30_000 });
  }

  async say({ value, status = 'active', step, timers, isLive = false }: Shown): Promise<void> {
    if (value !== undefined) await this.tell(`chart.showState(${JSON.stringify(value)}, '${status}')`);
    if (step) await this.tell(`chart.showStep(${JSON.stringify(step)})`);
    if (timers) await this.tell(`chart.showTimers(${JSON.stringify(timers)}, ${isLive})`);
  }

  /** Runs in the page, whose types are not ours: hence text. */
  tell<T>(script: string): Promise<T> {
    return this.page.evaluate(`{ const chart = document.querySelector('state-chart'); ${script} }`);
  }

  /** The ids of states that are lit, outer ones first. */
  lit(): Promise<string[]> {
    return this.tell(`[...chart.querySelectorAll('[data-lit]')].map(({ dataset }) => dataset.state)`);
  }

  /** The transitions that are marked. */
  async taken(): Promise<string[]> {
    const keys = await this.tell<string[]>(
      `[...chart.querySelectorAll('[data-transition][data-taken]')].map(({ dataset }) => dataset.transition)`,
    );
    return [...new Set(keys)];
  }

  /** The part of the chart that is shown: its left upper corner and its size. */
  async window(): Promise<{ x: number; y: number; width: number; height: number }> {
    const box = await this.tell<string>(`chart.querySelector('svg[role=img]').getAttribute('viewBox')`);
    const [x = 0, y = 0, width = 0, height = 0] = box.split(' ').map(Number);
    return { x, y, width, height };
  }

  state(id: string): Locator {
    return this.page.locator(`[data-state="${id}"]`);
  }

  countdown(event: string): Locator {
    return this.page.locator(`[data-timer="${event}"]:not([hidden]) .left`);
  }
}

/** The page may be slow, on a machine that has much to do. */
export function until<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE_MS, interval: 20 });
}
