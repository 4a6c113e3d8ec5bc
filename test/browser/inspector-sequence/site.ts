import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { useBrowser } from '../../support/browser.ts';
import { serveSequence } from './serve.ts';

/** The sequence diagram on a page of its own. */
export function useSequence() {
  const browser = useBrowser();
  let site: Awaited<ReturnType<typeof serveSequence>>;
  beforeAll(async () => {
    site = await serveSequence();
  });
  afterAll(() => site?.close());

  return {
    async open(options: BrowserContextOptions = {}): Promise<Page> {
      const { page } = await browser.open(site.url, { viewport: { width: 1280, height: 720 }, ...options });
      await page.locator('html[data-ready]').waitFor();
      return page;
    },
  };
}
