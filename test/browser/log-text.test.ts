import { expect, test } from 'vitest';

/** Characters. */
const LONG = 100_000;

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

// Fifty times what fits into a message: were the steps as many as its square, one of these would take half
// a minute and more, and the test be out of time.
const WORST = ['```', '`', 'https://', '@', 'https://(', '((((', '))))', ').', '])', '...!', '```a', '.x'];

test.each(WORST)('reads as long a text as you like of %j in one go', (part) => {
  const text = part.repeat(LONG / part.length);
  for (const [before, after] of [
    ['', ''],
    ['https://a.example/', ''],
    ['https://a.example/', 'x'],
    ['`', 'x'],
    ['```', 'x'],
  ]) {
    const tokens = tokensOf(before + text + after);
    expect(tokens.length).toBeGreaterThan(0);
  }
});
