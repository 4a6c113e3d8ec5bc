import { describe, expect, it } from 'vitest';
import { toWire } from '../../src/transport/wire.ts';
import { startServer } from '../support/server.ts';

// Where the header of a frame changes its form.
const LENGTHS = [124, 125, 126, 127, 128, 65_534, 65_535, 65_536];

describe('a frame', () => {
  it.each(LENGTHS)('of %i bytes arrives whole', async (length) => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    const ts = 'x'.repeat(length - JSON.stringify({ type: 'pong', ts: '' }).length);
    ann.send({ type: 'ping', ts });
    expect(await ann.next('pong', { ts })).toEqual({ type: 'pong', ts });
    await ann.say('general', 'what follows it too');
  });

  it('is framed once, however often it is sent', () => {
    const frame = { json: '{}', wire: undefined };
    expect(toWire(frame)).toBe(toWire(frame));
  });
});
