import { expect, test } from 'vitest';

// The page's modules are checked apart from the server's, and by a compiler that knows a browser.
const { tokensOf }: { tokensOf(text: string): { kind: string; text: string }[] } = await import(
  new URL('../../public/text/tokens.js', import.meta.url).href
);

test.each([
  ['see https://a.example/b.', ['plain', 'link', 'plain'], 'https://a.example/b'],
  ['(https://a.example/b)', ['plain', 'link', 'plain'], 'https://a.example/b'],
  ['https://a.example/w_(x)', ['link'], 'https://a.example/w_(x)'],
  ['HTTPS://A.example', ['link'], 'HTTPS://A.example'],
  ['javascript:https://a.example', ['plain', 'link'], 'https://a.example'],
  ['xhttps://a.example', ['plain'], undefined],
  ['https://', ['plain'], undefined],
  ['https://a.example/@ann', ['link'], 'https://a.example/@ann'],
])('finds in %j what it holds', (text, kinds, address) => {
  const tokens = tokensOf(text);
  expect(tokens.map(({ kind }) => kind)).toEqual(kinds);
  expect(tokens.find(({ kind }) => kind === 'link')?.text).toBe(address);
});

test('leaves what is in code alone, and backticks that close nothing', () => {
  expect(tokensOf('`@ann https://a.example`')).toEqual([{ kind: 'code', text: '@ann https://a.example' }]);
  expect(tokensOf('```\n`x`\n```')).toEqual([{ kind: 'block', text: '`x`' }]);
  expect(tokensOf('a ` b\n` c')).toEqual([{ kind: 'plain', text: 'a ` b\n` c' }]);
});

test('is quick with the worst that fits into a message', () => {
  const began = performance.now();
  for (const part of ['```', '`', 'https://', '@', 'https://(', '((((', '...!']) {
    tokensOf(part.repeat(2_000 / part.length));
    tokensOf(`https://a.example/${part.repeat(1_900 / part.length)}`);
  }
  expect(performance.now() - began).toBeLessThan(500);
});
