import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import sirv from 'sirv';
import { createSecurityHeaders, secure } from '../../../src/http/security.ts';

const FOLDERS = ['.', '../../../public'];

/** Serves a page with nothing but the sequence diagram, under the policy that the server's pages have. */
export async function serveSequence(): Promise<{ url: string; close(): void }> {
  const headers = createSecurityHeaders([]);
  const [fixture, page] = FOLDERS.map((folder) =>
    sirv(fileURLToPath(new URL(folder, import.meta.url)), { dev: true }),
  );
  const site = createServer((req, res) => {
    secure(res, headers);
    fixture?.(req, res, () => page?.(req, res));
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/sequence.html`, close: () => void site.close() };
}
