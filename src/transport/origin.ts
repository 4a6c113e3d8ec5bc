import type { IncomingMessage } from 'node:http';
import { clientHost } from '../address.ts';
import type { Config } from '../config.ts';

/**
 * Whether the page that wants to connect may: ours, or one that the operator has named. A request without an
 * `Origin` does not come from a page.
 */
export function isOriginAllowed(
  request: IncomingMessage,
  { ALLOWED_ORIGINS, TRUST_PROXY }: Pick<Config, 'ALLOWED_ORIGINS' | 'TRUST_PROXY'>,
): boolean {
  const { origin } = request.headers;
  if (origin === undefined || ALLOWED_ORIGINS.includes('*')) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  if (ALLOWED_ORIGINS.includes(url.origin)) return true;
  // The scheme can't be told behind a proxy that ends TLS, the host can.
  const host = clientHost(request, TRUST_PROXY);
  return (
    /^https?:$/.test(url.protocol) &&
    URL.canParse(`${url.protocol}//${host}`) &&
    url.host === new URL(`${url.protocol}//${host}`).host
  );
}
