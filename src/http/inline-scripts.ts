import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The hashes of what the pages of a directory have inline, which is their import maps: computed from the very files
 * that are served, so that the policy cannot lag behind them.
 * @returns sources for the policy's `script-src`
 */
export function inlineScriptSources(directory: string): string[] {
  const pages = readdirSync(directory).filter((file) => file.endsWith('.html'));
  const sources = pages.flatMap((page) =>
    inlineScripts(readFileSync(join(directory, page), 'utf8')).map(
      (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
    ),
  );
  return [...new Set(sources)];
}

/** Browsers hash the text between the tags, with lines ended by a line feed alone. */
function inlineScripts(html: string): string[] {
  const scripts = html.replaceAll('\r\n', '\n').matchAll(/<script\b(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs);
  return [...scripts].map(([, text = '']) => text);
}
