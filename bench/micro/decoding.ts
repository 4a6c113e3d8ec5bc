import { createDecoder } from '../../src/protocol/decode.ts';
import { TEXT_MAX } from '../../src/protocol/limits.ts';

const decode = createDecoder(TEXT_MAX);
const room = 'general';
const text = 'lorem ipsum dolor sit amet '.repeat(4);

const frames = {
  message: { type: 'message', room, text },
  'message with ref': { type: 'message', room, text, ref: 'r-1234567890' },
  'message not in ASCII': { type: 'message', room: 'Zürich', text: 'Grüße 👋 '.repeat(10) },
  typing: { type: 'typing', room, typing: true },
  'private message': { type: 'pm', to: 'Ann', text },
  join: { type: 'join', room },
};

export const decoding = Object.fromEntries(
  Object.entries(frames).map(([name, frame]) => {
    const json = JSON.stringify(frame);
    return [`decode: ${name}`, () => void decode(json)];
  }),
);
