import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFiles } from './files.ts';
import { packModules } from './modules.ts';
import { packStyles } from './styles.ts';

const STYLES = /(?: *<link rel="stylesheet" href="[^"]+">\n)+/g;
const STYLE = /href="([^"]+)"/g;
const SCRIPT = /^( *)(<script type="module" src="([^"]+)")/gm;

/**
 * Packs all pages of a folder, each with one style sheet and a few modules, and copies what lies beside them.
 * @param to is left with just that; what has not changed is not written again
 * @throws Error when a module or a style sheet is not there, or has a mistake
 */
export async function packPages(from: string, to: string): Promise<void> {
  const files = new Map<string, string | Uint8Array>();
  const beside = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { name } of beside) {
    if (!/\.(html|js)$/.test(name)) files.set(name, readFileSync(join(from, name)));
  }
  const pages = beside.map(({ name }) => name).filter((name) => name.endsWith('.html'));
  const sources = new Map(pages.map((page) => [page, readFileSync(join(from, page), 'utf8')]));
  const scripts = [...sources.values()].flatMap((html) =>
    [...html.matchAll(SCRIPT)].map(([, , , src]) => src),
  );
  const modules = await packModules(from, to, [...new Set(scripts as string[])]);
  for (const [path, content] of modules.files) files.set(path, content);

  for (const [page, html] of sources) {
    const sheet = page.replace('.html', '.css');
    const [links, ...others] = html.match(STYLES) ?? [];
    if (!links || others.length > 0) throw new Error(`${page} must have its style sheets in one place`);
    const paths = [...links.matchAll(STYLE)].map(([, path]) => path as string);
    for (const [path, content] of await packStyles(from, paths, join(to, sheet))) files.set(path, content);
    files.set(
      page,
      withParts(html.replace(links, `    <link rel="stylesheet" href="${sheet}">\n`), modules.parts),
    );
  }
  replaceFiles(to, files);
}

/** Names before each script the parts that it needs, so that none waits for another to be asked for. */
function withParts(html: string, parts: ReadonlyMap<string, readonly string[]>): string {
  const named = new Set<string>();
  return html.replace(SCRIPT, (_, indent: string, script: string, src: string) => {
    const others = parts.get(src)?.filter((part) => !named.has(part)) ?? [];
    const links = others.map((part) => `${indent}<link rel="modulepreload" href="${part}">\n`);
    for (const part of others) named.add(part);
    return `${links.join('')}${indent}${script}`;
  });
}
