import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { clientAddress, clientHost } from './address.ts';
import type { Config } from './config.ts';
import { isOwnOrigin } from './origin.ts';

export interface Refusal {
  status: 403 | 404;
  error: string;
}

/**
 * Whether somebody may watch the actors: from this machine, or with the token from anywhere; a page only if it is
 * ours. A token that is wrong is refused from anywhere, and so is everybody while the inspector is off.
 * @returns why not
 */
export function inspectionRefusal(req: IncomingMessage, config: Config): Refusal | undefined {
  if (!config.INSPECT) return { status: 404, error: 'The inspector is off' };
  if (!isOwnOrigin(req, config)) return { status: 403, error: 'Origin is not allowed' };
  const token = tokenOf(req);
  if (token !== undefined) {
    return isSame(token, config.INSPECT_TOKEN) ? undefined : { status: 403, error: 'That token is wrong' };
  }
  if (isFromHere(req, config)) return undefined;
  const error = config.INSPECT_TOKEN === '' ? 'Only this machine may inspect' : 'A token is needed';
  return { status: 403, error };
}

/** In the query, since a browser can set no header on a WebSocket; or, for others, as a bearer. */
function tokenOf(req: IncomingMessage): string | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  return bearer ?? new URLSearchParams(req.url?.split('?')[1] ?? '').get('token') ?? undefined;
}

/** Compared by digests, so that the time it takes says nothing. */
function isSame(token: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return expected !== '' && timingSafeEqual(digest(token), digest(expected));
}

/**
 * The address alone is not enough. A page of another site may have its own name lead to 127.0.0.1, so the name under
 * which we are addressed must be one of this machine; and what a proxy on this machine passes on comes from elsewhere.
 */
function isFromHere(req: IncomingMessage, { TRUST_PROXY }: Config): boolean {
  const isPassedOn = PASSED_ON.some((name) => req.headers[name] !== undefined);
  if (isPassedOn && TRUST_PROXY === 0) return false;
  return isLoopback(clientAddress(req, TRUST_PROXY)) && isLoopbackName(clientHost(req, TRUST_PROXY));
}

const PASSED_ON = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

function isLoopbackName(host: string): boolean {
  // Nothing but a name and a port: what stands before an `@` or behind a `/` would make the parser see another name.
  if (!/^[\w.:[\]-]+$/.test(host) || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return hostname === 'localhost' || isLoopback(hostname.replace(/^\[(.*)\]$/, '$1'));
}
