import { createRequire } from 'node:module';

/** Newer ones are empty boxes on systems that are a few years old. */
const NEWEST = 15.1;

const require = createRequire(import.meta.url);

/**
 * What the page's emoji picker shows, as JSON: groups in the order of Unicode, of each emoji the character, its name
 * and the words to find it by.
 */
export function emojiJson(): string {
  const groups: SourceGroup[] = require('unicode-emoji-json/data-by-group.json');
  const keywords: Record<string, string[]> = require('emojilib');
  return JSON.stringify(
    groups.map(({ name, emojis }) => ({
      name,
      emojis: emojis
        .filter(({ emoji_version }) => Number(emoji_version) <= NEWEST)
        .map(({ emoji, name }) => [
          emoji,
          name,
          (keywords[emoji] ?? []).slice(1).join(' ').replaceAll('_', ' '),
        ]),
    })),
  );
}

interface SourceGroup {
  name: string;
  emojis: { emoji: string; name: string; emoji_version: string }[];
}
