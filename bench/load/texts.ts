/**
 * The text of a message: its room, its number there and when it was sent, where they can be read without parsing,
 * then filler. `#0007:000042@0001234567890 lorem…`; the time in microseconds of `performance.now()`.
 */
export function messageText(room: number, number: number, sentAt: number, length: number): string {
  const head = `#${digits(room, 4)}:${digits(number, 6)}@${digits(Math.round(sentAt * 1000), 13)} `;
  return head + FILLER.repeat(Math.ceil(length / FILLER.length)).slice(0, length - head.length - 1) + END;
}

const FILLER = 'lorem ipsum dolor sit amet ';
/** No space, which a server may trim. */
const END = '.';

export const MARK = '#'.charCodeAt(0);
/** Where they begin behind the mark, and how many digits they have. */
export const ROOM = [1, 4] as const;
export const NUMBER = [6, 6] as const;
export const SENT_AT = [13, 13] as const;

export function readDigits(bytes: Buffer, at: number, [offset, count]: readonly [number, number]): number {
  let value = 0;
  for (let i = at + offset; i < at + offset + count; i++) value = value * 10 + (bytes[i] as number) - ZERO;
  return value;
}

const ZERO = '0'.charCodeAt(0);

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
