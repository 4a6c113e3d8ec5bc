import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inlineScriptSources } from '../../src/http/inline-scripts.ts';

/** What the policy of these files allows. */
function sourcesOf(files: Record<string, string>): string[] {
  const directory = mkdtempSync(join(tmpdir(), 'troupe-pages-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return inlineScriptSources(directory);
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

it('allows what each page has inline, once, and nothing of a script that is a file', () => {
  const sources = sourcesOf({
    'one.html': '<script type="importmap">{}</script><script type="module" src="a.js"></script>',
    'two.html': '<script>\n"two"\n</script>\n<script type="importmap">{}</script>',
    'three.txt': '<script>"three"</script>',
  });
  expect(sources.toSorted()).toEqual([hash('{}'), hash('\n"two"\n')].toSorted());
});

it('takes the lines of a script to end as a browser does, however the file was checked out', () => {
  expect(sourcesOf({ 'page.html': '<script>\r\n"one"\r\n</script>' })).toEqual([hash('\n"one"\n')]);
});
