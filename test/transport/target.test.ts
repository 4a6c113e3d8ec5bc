import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTarget, pathOf } from '../../src/transport/target.ts';

/** What a URL makes of it, if it is a path. */
function asUrl(target: string) {
  const isPath = target.startsWith('/') && URL.canParse(`http://localhost${target}`);
  const url = isPath ? new URL(`http://localhost${target}`) : undefined;
  return url && { pathname: url.pathname, query: url.searchParams.toString() };
}

const said = (target: string) => {
  const found = parseTarget(target);
  return found && { pathname: found.pathname, query: found.searchParams.toString() };
};

it.each([
  ['/ws/chat', '/ws/chat', ''],
  ['/ws/chat?name=Ann&session=', '/ws/chat', 'name=Ann&session='],
  ['/ws/chat?', '/ws/chat', ''],
  ['/ws/chat??name=Ann', '/ws/chat', '%3Fname=Ann'],
  ['/ws/chat?name=a+b%20c%zz?d', '/ws/chat', 'name=a+b+c%25zz%3Fd'],
  ['/ws/chat?name=Ann#there', '/ws/chat', 'name=Ann'],
  ['/ws/chat#there?name=Ann', '/ws/chat', ''],
  ['/ws/../ws/./chat', '/ws/chat', ''],
  ['/ws/ch%61t', '/ws/ch%61t', ''],
  ['/ws-chat', '/ws-chat', ''],
  ['/', '/', ''],
])('%s leads to %s', (target, pathname, query) => {
  expect(said(target)).toEqual({ pathname, query });
  expect(pathOf(target)).toBe(pathname);
});

it.each([
  '',
  'ws/chat',
  '?/ws/chat',
  '*',
  'http://localhost/ws/chat',
  'x/ws/chat',
  ' /ws/chat',
  'localhost:80',
])('what is no path leads nowhere: "%s"', (target) => {
  expect(parseTarget(target)).toBeUndefined();
  expect(pathOf(target)).toBeUndefined();
});

it('a target that there is none of leads nowhere', () => {
  expect([parseTarget(undefined), pathOf(undefined)]).toEqual([undefined, undefined]);
});

it('a target leads where a URL says that it does, whatever it is', () => {
  const piece = fc.constantFrom(
    '/',
    'ws',
    'chat',
    '.',
    '..',
    '?',
    '#',
    '&',
    'name=',
    '%41',
    '%',
    'é',
    '\\',
    'A',
  );
  const targets = fc.oneof(
    // No request has blanks in its target.
    fc.string().map((text) => text.replaceAll(/\s/g, '')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(targets, (target) => {
      expect(said(target)).toEqual(asUrl(target));
      expect(pathOf(target)).toBe(asUrl(target)?.pathname);
    }),
    { numRuns: 3_000 },
  );
});
