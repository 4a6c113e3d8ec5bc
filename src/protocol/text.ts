import { accepted, type Result, refused } from './errors.ts';
import { isLonger } from './names.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that are refused
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/**
 * What a user wrote, trimmed.
 * @param max code points
 * @returns the text, or `empty`, `too_long` (never cut), `bad_text`
 */
export function parseText(raw: string, max: number): Result<string> {
  const text = raw.trim();
  if (text === '') return refused('empty', 'Text');
  if (isLonger(text, max)) return refused('too_long', String(max));
  if (CONTROL.test(text)) return refused('bad_text', 'control characters');
  if (!text.isWellFormed()) return refused('bad_text', 'half a character');
  return accepted(text);
}
