import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { packPages } from '../../scripts/pack/pages.ts';

const HTML = `<html>
  <head>
    <link rel="stylesheet" href="css/first.css">
    <link rel="stylesheet" href="css/second.css">
    <script type="module" src="early.js" blocking="render"></script>
    <script type="module" src="deep/late.js"></script>
  </head>
</html>
`;

const SITE = {
  'index.html': HTML,
  'other.html': HTML.replace('    <script type="module" src="early.js" blocking="render"></script>\n', ''),
  'icon.svg': '<svg/>',
  'css/first.css': 'p { color: red; }',
  'css/second.css': 'p { color: blue; }',
  'early.js': `import { shared } from './deep/shared.js'; globalThis.said = ['early ' + shared()];`,
  'deep/late.js': `import { shared } from './shared.js';
    globalThis.said.push('late ' + shared(), (await import('./wanted.js')).word);`,
  'deep/shared.js': 'let calls = 0; export const shared = () => ++calls;',
  'deep/wanted.js': `export const word = 'wanted';`,
};

/** A site in a folder of its own, and what is packed of it. */
function site(files: Record<string, string> = SITE) {
  const root = mkdtempSync(join(tmpdir(), 'troupe-pack-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [from, to] = [join(root, 'from'), join(root, 'to')];
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    root,
    to,
    write,
    pack: () => packPages(from, to),
    read: (path: string) => readFileSync(join(to, path), 'utf8'),
    list: () => readdirSync(to, { recursive: true, encoding: 'utf8' }).sort(),
  };
}

it('leaves a page one style sheet, in the order of those that it had', async () => {
  const { pack, read } = site();
  await pack();
  expect(read('index.html').match(/href="[^"]+\.css"/g)).toEqual(['href="index.css"']);
  expect(read('index.css')).toMatch(/red.*#00f/s);
  expect(read('other.html')).toContain('href="other.css"');
});

it('names the parts of a script before it, each once', async () => {
  const { pack, read, list } = site();
  await pack();
  const shared = list().filter((path) => /^parts\/\w+\.js$/.test(path) && read(path).includes('0'));
  const named = (page: string) =>
    [...read(page).matchAll(/(?:modulepreload" href|src)="([^"]+)"/g)].map(([, path]) => path);
  expect(shared).toHaveLength(1);
  expect(named('index.html')).toEqual([...shared, 'early.js', 'deep/late.js']);
  expect(named('other.html')).toEqual([...shared, 'deep/late.js']);
});

it('has the modules do what they did, sharing what they shared, and fetch what is wanted later', async () => {
  const { pack, to } = site();
  await pack();
  for (const path of ['early.js', 'deep/late.js']) await import(pathToFileURL(join(to, path)).href);
  expect((globalThis as { said?: string[] }).said).toEqual(['early 1', 'late 2', 'wanted']);
});

it('copies what lies beside the pages, with maps that lead to the modules', async () => {
  const { pack, read } = site();
  await pack();
  expect(read('icon.svg')).toBe('<svg/>');
  const { sources, sourcesContent } = JSON.parse(read('early.js.map'));
  expect(sources).toEqual(['../from/early.js']);
  expect(sourcesContent).toEqual([SITE['early.js']]);
  expect(read('early.js')).toContain('//# sourceMappingURL=early.js.map');
});

it('writes again only what has changed, and removes what is no more', async () => {
  const { pack, write, list, root, to } = site();
  await pack();
  const before = list();
  const inodes = () => Object.fromEntries(list().map((path) => [path, statSync(join(to, path)).ino]));
  const first = inodes();
  await pack();
  expect(inodes()).toEqual(first);
  write('css/second.css', 'p { color: green; }');
  write('deep/shared.js', 'let calls = 7; export const shared = () => ++calls;');
  await pack();
  const changed = list().filter((path) => first[path] !== inodes()[path]);
  expect(changed).toEqual(expect.arrayContaining(['index.css', 'other.css', 'index.html', 'early.js']));
  expect(changed).not.toContain('icon.svg');
  expect(list()).toHaveLength(before.length);
  expect(readdirSync(root).sort()).toEqual(['from', 'to']);
});

it.each([
  ['a module that is not there', { 'early.js': `import './nowhere.js';` }, /nowhere/],
  ['a style sheet that is not there', { 'index.html': HTML.replace('first', 'nowhere') }, /nowhere/],
  [
    'style sheets in two places',
    { 'index.html': HTML.replace('</head>', '\n    <link rel="stylesheet" href="css/first.css">\n</head>') },
    /index\.html/,
  ],
  ['no style sheet', { 'index.html': '<html></html>' }, /index\.html/],
])('refuses %s', async (_, changes, words) => {
  await expect(site({ ...SITE, ...changes } as Record<string, string>).pack()).rejects.toThrow(words);
});
