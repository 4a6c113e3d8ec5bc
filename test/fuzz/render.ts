import type { Payload } from './payloads.ts';

/** The WebSocket frames that a payload goes out as. */
export interface Rendered {
  parts: Buffer[];
  isBinary: boolean;
}

/**
 * Spells a payload out.
 * @param nameOf the name of a user, by the number that `@` stands before
 * @param sender what the `#` of a ref becomes
 */
export function render(payload: Payload, nameOf: (n: number) => string, sender: string): Rendered {
  const json = (frame: unknown) => JSON.stringify(placed(frame, nameOf, sender)) ?? 'undefined';
  if ('frame' in payload) return text(json(payload.frame));
  if ('raw' in payload) return text(payload.raw);
  if ('cut' in payload) {
    const whole = json(payload.cut);
    return text(whole.slice(0, Math.floor((whole.length * payload.percent) / 100)).toWellFormed());
  }
  if ('pieces' in payload)
    return { parts: pieces(Buffer.from(json(payload.pieces)), payload.size), isBinary: false };
  if ('bytesOf' in payload) {
    const bytes = Buffer.from(json(payload.bytesOf));
    // 0xff occurs nowhere in UTF-8.
    bytes[payload.flip % bytes.length] = 0xff;
    return { parts: [bytes], isBinary: false };
  }
  if ('binary' in payload) return { parts: [Buffer.from(json(payload.binary))], isBinary: true };
  if ('nested' in payload) {
    return text(`{"type":"message","room":${payload.nested.repeat(payload.depth)}`);
  }
  return text(padded(payload, sender));
}

function text(whole: string): Rendered {
  return { parts: [Buffer.from(whole)], isBinary: false };
}

function pieces(bytes: Buffer, size: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return parts;
}

/** A frame of exactly so many bytes. */
function padded({ padded: type, bytes }: Extract<Payload, { padded: string }>, sender: string): string {
  const around = {
    ping: { type, ts: '' },
    message: { type, room: 'general', ref: `${sender}-long`, text: '' },
    set_nick: { type, ref: `${sender}-long`, name: '' },
    ref: { type: 'ping', ref: '' },
  }[type];
  const json = JSON.stringify(around);
  return `${json.slice(0, -2)}${'x'.repeat(bytes - json.length)}"}`;
}

/** The value with the placeholders in its strings filled in. */
function placed(value: unknown, nameOf: (n: number) => string, sender: string, key?: string): unknown {
  if (typeof value === 'string') {
    const named = value.replace(/@([0-9])/g, (_, n) => nameOf(Number(n)));
    return key === 'ref' ? named.replace(/^#/, `${sender}-`) : named;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, placed(each, nameOf, sender, name)]);
  return Object.fromEntries(entries);
}
