import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

/**
 * The headers that every answer carries, errors too. The page comes from here alone, runs no inline script or
 * style and makes no HTML of text. What only holds under TLS (HSTS, upgrading requests) is the TLS proxy's to add.
 * @param inlineScripts hashes of the few that are allowed, as the policy writes them
 * @param trustedTypes names of the policies that a page may make, to vouch for the address of a script
 */
export function createSecurityHeaders(
  inlineScripts: readonly string[],
  trustedTypes: readonly string[] = ["'none'"],
): SecurityHeaders {
  return headersOf(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'", ...inlineScripts],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          manifestSrc: ["'self'"],
          workerSrc: ["'self'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: [...trustedTypes],
        },
      },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
      strictTransportSecurity: false,
    }),
  );
}

export type SecurityHeaders = readonly (readonly [name: string, value: string])[];

export function secure(res: ServerResponse, headers: SecurityHeaders): void {
  for (const [name, value] of headers) res.setHeader(name, value);
}

/** Lets the middleware write to an answer that goes nowhere: its headers are the same for every request. */
function headersOf(middleware: ReturnType<typeof helmet>): [string, string][] {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  middleware(req, res, () => {});
  return Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]);
}
