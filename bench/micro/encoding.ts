import { encode } from '../../src/protocol/encode.ts';
import type { ServerFrame } from '../../src/protocol/server-frames.ts';
import { toWire } from '../../src/transport/wire.ts';

const text = 'lorem ipsum dolor sit amet '.repeat(4);
const spoken = { id: 1_700_000_000_000_000, from: 'Ann', text, ts: 1_700_000_000.123 };
const users = Array.from({ length: 100 }, (_, i) => ({
  id: `u${String(i).padStart(18, '0')}`,
  name: `user${i}`,
  typing: false,
  status: 'online' as const,
}));
const history = Array.from({ length: 50 }, () => ({ type: 'message' as const, ...spoken }));

const frames: Record<string, ServerFrame> = {
  message: { type: 'message', room: 'general', ...spoken },
  typing: { type: 'typing', room: 'general', user: 'Ann', typing: true },
  'joined, 100 users, 50 lines': { type: 'joined', room: 'general', history, users, count: 100 },
};

/** To text and to bytes, as for the first receiver. */
export const encoding = Object.fromEntries(
  Object.entries(frames).map(([name, frame]) => [`encode: ${name}`, () => void toWire(encode(frame))]),
);
