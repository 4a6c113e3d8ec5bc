import type { IncomingMessage } from 'node:http';
import { clientHost } from './address.ts';
import type { Config } from './config.ts';

/** Whether the page that wants to connect may: ours, or one that the operator has named. */
export function isOriginAllowed(
  request: IncomingMessage,
  config: Pick<Config, 'ALLOWED_ORIGINS' | 'TRUST_PROXY'>,
): boolean {
  const { origin } = request.headers;
  const { ALLOWED_ORIGINS } = config;
  if (origin !== undefined && URL.canParse(origin) && ALLOWED_ORIGINS.includes(new URL(origin).origin))
    return true;
  return ALLOWED_ORIGINS.includes('*') || isOwnOrigin(request, config);
}

/** Whether the page that asks is ours. A request without an `Origin` does not come from a page. */
export function isOwnOrigin(request: IncomingMessage, { TRUST_PROXY }: Pick<Config, 'TRUST_PROXY'>): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  // The scheme can't be told behind a proxy that ends TLS, the host can.
  const host = clientHost(request, TRUST_PROXY);
  return (
    /^https?:$/.test(url.protocol) &&
    URL.canParse(`${url.protocol}//${host}`) &&
    url.host === new URL(`${url.protocol}//${host}`).host
  );
}
