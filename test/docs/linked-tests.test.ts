import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readPage } from '../../scripts/docs/outputs.ts';

const links = [...readPage('docs/PROTOCOL.md').matchAll(/`(test\/[\w/-]+\.test\.ts) › ([^`]+)`/g)];
const titles = links.map(([, file = '', title = '']) => ({ file, title }));

it('docs/PROTOCOL.md names only tests that exist', () => {
  expect(titles.length).toBeGreaterThan(100);
  expect(titles.filter(({ file, title }) => !hasTest(file, title))).toEqual([]);
});

it('docs/PROTOCOL.md says in every chapter which tests hold it', () => {
  const withoutRules = ['Frames', 'Writing a client'];
  const chapters = readPage('docs/PROTOCOL.md').split(/^## /m).slice(1);
  const bare = chapters.filter((chapter) => !chapter.includes('.test.ts › '));
  expect(bare.map((chapter) => chapter.split('\n')[0])).toEqual(withoutRules);
});

function hasTest(file: string, title: string): boolean {
  if (!existsSync(file)) return false;
  const source = readFileSync(file, 'utf8');
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
}
