import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

// One scale of sizes and one palette, in base.css: the other sheets only use them.

const FOLDERS = ['css/', 'inspector/css/'].map((path) => new URL(`../../public/${path}`, import.meta.url));
const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => ({ folder, name })));
const sheets = files.map(({ folder, name }) => ({
  name,
  declarations: [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^\s*([\w-]+):\s*([^;{]+);$/gm)].map(
    ([, property = '', value = '']) => ({ property, value: value.replace(/\s+/g, ' ') }),
  ),
}));
const others = sheets.filter(({ name }) => name !== 'base.css');

test('reads the style sheets', () => {
  expect(others.length).toBeGreaterThan(5);
  for (const { name, declarations } of sheets) expect(declarations.length, name).toBeGreaterThan(10);
});

test.each(others)('$name takes its sizes of letters from the scale', ({ declarations }) => {
  const sizes = declarations.filter(({ property }) => property === 'font-size' || property === 'font');
  const strays = sizes.filter(
    ({ value }) => !/^(inherit|var\(--(tiny|small|body|large|title)\))$/.test(value),
  );
  expect(strays).toEqual([]);
});

test.each(others)('$name takes its colours from the palette', ({ declarations }) => {
  // Those of avatars are made from a name.
  const colours = declarations.filter(({ value }) => !value.includes('var(--hue)'));
  const strays = colours.filter(({ value }) =>
    /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch|light-dark)\(/i.test(value),
  );
  expect(strays).toEqual([]);
});
