import { FRAME_MAX_BYTES } from '../../src/protocol/limits.ts';
import type { Rendered } from './render.ts';

/** What the contract says must come of a frame that was sent, as far as the frame alone tells. */
export interface Expectation {
  /** With which code the connection may be closed because of it. */
  close?: number;
  /** The error without `ref` that must answer it. */
  error?: 'bad_json' | 'unknown_type';
  /** The `ref` that must come back so many times. */
  ref?: { name: string; min: number; max: number };
  quits?: true;
}

const KNOWN = new Set(
  'message join leave typing pm set_nick get_rooms get_users get_history ping pong quit'.split(' '),
);

export function expectationOf({ parts, isBinary }: Rendered): Expectation {
  const bytes = Buffer.concat(parts);
  if (bytes.length > FRAME_MAX_BYTES) return { close: 1009 };
  if (isBinary) return {};
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) return { close: 1007 };
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return { error: 'bad_json' };
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return {};
  const { type, ref } = frame as { type?: unknown; ref?: unknown };
  const isKnown = typeof type === 'string' && KNOWN.has(type);
  if (ref !== undefined && !isGoodRef(ref)) return {};
  const quits = type === 'quit' && { quits: true as const };
  if (typeof ref === 'string') {
    const isSilent = type === 'typing' || type === 'pong' || type === 'quit';
    return { ...quits, ref: { name: ref, min: isSilent ? 0 : 1, max: 1 } };
  }
  if (quits) return quits;
  return typeof type === 'string' && !isKnown ? { error: 'unknown_type' } : {};
}

function isGoodRef(ref: unknown): ref is string {
  return typeof ref === 'string' && ref !== '' && ref.isWellFormed() && [...ref].length <= 64;
}
