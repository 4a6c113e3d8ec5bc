import { expect, it } from 'vitest';
import { secrets } from '../src/secrets.ts';

it('are whole, and none like another, in whatever order they are asked for', () => {
  // Some hundreds are made at once: the ends of several such lots are among these.
  const minted = Array.from({ length: 3_000 }, (_, i) => (i % 3 === 0 ? secrets.mintId() : secrets.mint()));
  minted.forEach((each, i) => {
    expect(each).toMatch(i % 3 === 0 ? /^u[\da-f]{18}$/ : /^[\w-]{32}$/);
    // What is left of bytes that were handed out already.
    expect(each).not.toMatch(/0{10}|A{10}/);
  });
  expect(new Set(minted).size).toBe(minted.length);
});

it('have digests that stay the same from version to version, since data directories have them', () => {
  expect(secrets.digest('a secret')).toBe('mEylFiIAc0xZIUjxggtxBX8JhXPROGZrSGY-TjDNjTo');
});

it('have equal digests only when they are the same', () => {
  const digest = secrets.digest('a secret');
  expect(secrets.areEqual(digest, secrets.digest('a secret'))).toBe(true);
  expect(secrets.areEqual(digest, secrets.digest('another'))).toBe(false);
  expect(secrets.areEqual(digest, digest.slice(0, -1))).toBe(false);
  expect(secrets.areEqual(digest, '')).toBe(false);
});
