import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/**
 * The address that a request comes from, without the `::ffff:` under which a dual-stack socket sees IPv4.
 * @param trustedProxies how many reverse proxies of ours stand in front; each appends the address it saw to
 *   `X-Forwarded-For`, so the entries are counted from the right and what a client wrote itself is never reached
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number): string {
  const peer = bare(req.socket.remoteAddress ?? '');
  if (trustedProxies === 0) return peer;
  const seen = [...entries(req.headers['x-forwarded-for']).map(bare), peer];
  const trustedFrom = Math.max(0, seen.length - 1 - trustedProxies);
  return seen.slice(trustedFrom).find((address) => isIP(address) !== 0) ?? peer;
}

/** The host and port under which the client addressed us; `''` when it named none. */
export function clientHost(req: IncomingMessage, trustedProxies: number): string {
  const host = req.headers.host ?? '';
  if (trustedProxies === 0) return host;
  const hosts = entries(req.headers['x-forwarded-host']);
  return hosts[Math.max(0, hosts.length - trustedProxies)] ?? host;
}

function entries(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** `[::1]:8080`, `192.0.2.1:8080` and `::ffff:192.0.2.1` without what is not the address. */
function bare(address: string): string {
  if (!/[:[]/.test(address)) return address;
  return address
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');
}
