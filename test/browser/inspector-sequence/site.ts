import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import sirv from 'sirv';
import { afterAll, beforeAll } from 'vitest';
import { createSecurityHeaders, secure } from '../../../src/http/security.ts';
import { useBrowser } from '../../support/browser.ts';

const FOLDERS = ['.', '../../../public'];

/** The sequence diagram on a page of its own, under the policy that the server's pages have. */
export function useSequence() {
  const browser = useBrowser();
  let site: Server;
  let url: string;
  beforeAll(async () => {
    const headers = createSecurityHeaders([]);
    const [fixture, page] = FOLDERS.map((folder) =>
      sirv(fileURLToPath(new URL(folder, import.meta.url)), { dev: true }),
    );
    site = createServer((req, res) => {
      secure(res, headers);
      fixture?.(req, res, () => page?.(req, res));
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(site.address() as AddressInfo).port}/sequence.html`;
  });
  afterAll(() => site?.close());

  return {
    async open(options: BrowserContextOptions = {}): Promise<Page> {
      const { page } = await browser.open(url, { viewport: { width: 1280, height: 720 }, ...options });
      await page.locator('html[data-ready]').waitFor();
      return page;
    },
  };
}
