import { hash, randomFillSync, timingSafeEqual } from 'node:crypto';
import type { Secrets } from './actors/sessions.ts';

export const secrets: Secrets = {
  mint: () => random(24, 'base64url'),
  mintId: () => `u${random(9, 'hex')}`,
  digest: (secret) => hash('sha256', secret, 'base64url'),
  areEqual: (digest, other) =>
    digest.length === other.length && timingSafeEqual(Buffer.from(digest), Buffer.from(other)),
};

/** Fetched for a hundred sessions at once: to ask for each takes as long as all else about a secret. */
const pool = Buffer.alloc(3_300);
let taken = pool.length;

function random(bytes: number, encoding: 'base64url' | 'hex'): string {
  if (taken + bytes > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const end = taken + bytes;
  const text = pool.toString(encoding, taken, end);
  // What was handed out is kept nowhere.
  pool.fill(0, taken, end);
  taken = end;
  return text;
}
