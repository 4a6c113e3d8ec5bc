import { accepted, type Result, refused } from './errors.ts';
import { NAME_MIN, ROOM_NAME_MAX, SYSTEM_NAME, USER_NAME_MAX } from './limits.ts';

const FORBIDDEN = /[^\p{L}\p{M}\p{Nd}_-]/gu;
const LETTER_OR_DIGIT = /[\p{L}\p{Nd}]/u;
/** The usual room name, which is in its written form already. */
const PLAIN = new RegExp(`^(?=[_-]*[a-z0-9])[a-z0-9_-]{${NAME_MIN},${ROOM_NAME_MAX}}$`);

/** The usual user name, the same: of what it is made of, only the case is folded. */
const PLAIN_USER = new RegExp(`^[A-Za-z0-9_-]{1,${USER_NAME_MAX}}$`);

/**
 * Brings a room name into its one written form, wherever a client names a room.
 * @returns the name, or `bad_name` when it is too short or has no letter or digit
 */
export function parseRoomName(raw: string): Result<string> {
  if (PLAIN.test(raw)) return accepted(raw);
  // Lower-casing can undo the normal form (İ becomes i and a combining dot), hence twice.
  const lower = normalized(raw, ROOM_NAME_MAX).toLowerCase().normalize('NFKC');
  const name = cut(lower.replace(FORBIDDEN, '_'), ROOM_NAME_MAX);
  if (codePoints(name) < NAME_MIN || !LETTER_OR_DIGIT.test(name)) return refused('bad_name', raw);
  return accepted(name);
}

/** Brings a user name into its written form; it may come out too short (see `isTooShort`). */
export function normalizeUserName(raw: string): string {
  if (PLAIN_USER.test(raw)) return raw;
  return cut(normalized(raw, USER_NAME_MAX).replace(FORBIDDEN, '_'), USER_NAME_MAX);
}

export function isTooShort(name: string): boolean {
  return codePoints(name) < NAME_MIN;
}

/** Nobody can take the name that the server speaks under. */
export function isReserved(name: string): boolean {
  return foldName(name) === SYSTEM_NAME;
}

/**
 * The key under which a name is unique: the same for all its ways of writing in upper and lower case, and with
 * or without characters that nobody sees.
 */
export function foldName(name: string): string {
  if (PLAIN_USER.test(name)) return name.toLowerCase();
  const visible = name.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  // There and back, so that ẞ, ß and SS meet, and ς and σ.
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
}

/** The order of every list that is sorted by name. */
export function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A name with digits at its end, cut so that both fit. */
export function numbered(name: string, digits: string): string {
  return cut(name, USER_NAME_MAX - digits.length) + digits;
}

/** At most `max` code points of `text`. */
export function cut(text: string, max: number): string {
  // Never more code points than units, which need no counting.
  if (text.length <= max) return text;
  return [...text].slice(0, max).join('');
}

/** Whether `text` has more than `max` code points. */
export function isLonger(text: string, max: number): boolean {
  // Never more code points than units, which need no counting.
  return text.length > max && codePoints(text) > max;
}

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** NFKC of as much of `raw` as can matter: a frame may hold 64 KiB of name. */
function normalized(raw: string, max: number): string {
  return raw
    .slice(0, max * 8)
    .toWellFormed()
    .normalize('NFKC');
}
