import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, it, vi } from 'vitest';
import type { Admission } from '../../src/actors/directory.ts';
import { Slices } from '../../src/actors/slices.ts';
import { createLogger } from '../../src/log.ts';
import { createDecoder } from '../../src/protocol/decode.ts';
import { encode } from '../../src/protocol/encode.ts';
import type { ClientSocket } from '../../src/transport/client-socket.ts';
import { ClientConnection } from '../../src/transport/connection.ts';
import { withProtocolPing } from '../../src/transport/wire.ts';
import { SteppedClock } from '../support/clock.ts';

// What depends on how much waits in the kernel, which no client can know.

const CONGESTED = 10 * 1024 * 1024;

/** A connection whose socket is as full as the test says. */
function connection() {
  const ws = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    pause: vi.fn(),
    resume: vi.fn(),
    ping: vi.fn(),
    pong: vi.fn(),
    close: vi.fn(),
  });
  const socket = Object.assign(new EventEmitter(), { writableLength: 0, write: vi.fn() });
  const session = { send: vi.fn() };
  const granting = { spend: () => ({ kind: 'granted' }) };
  const opened = new ClientConnection(
    ws as unknown as ClientSocket,
    socket as unknown as Duplex,
    {
      clock: new SteppedClock(),
      decode: createDecoder(2_000),
      later: new Slices().add,
      maxQueueBytes: 1024 * 1024,
      log: createLogger('silent'),
      gone: () => {},
    },
    'secret',
  );
  const record = { id: 'u1', frames: granting, typingFrames: granting };
  opened.serve({ session, record } as unknown as Admission);
  const say = (frame: object) => ws.emit('message', Buffer.from(JSON.stringify(frame)), false);
  return { opened, ws, socket, session, say };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('answers no protocol ping of who does not read: pongs are bounded by nothing else', () => {
  const { ws, socket } = connection();
  ws.emit('ping', Buffer.from('one'));
  socket.writableLength = CONGESTED;
  ws.emit('ping', Buffer.from('two'));
  socket.writableLength = 0;
  ws.emit('ping', Buffer.from('three'));
  expect(ws.pong.mock.calls.map(([body]) => String(body))).toEqual(['one', 'three']);
});

it('reads no further from who does not read, and goes on in order when they have read', async () => {
  const { ws, socket, session, say } = connection();
  await nextTurn();
  ws.pause.mockClear();
  ws.resume.mockClear();
  socket.writableLength = CONGESTED;
  say({ type: 'get_history', room: 'attic' });
  say({ type: 'get_users', room: 'attic' });
  await nextTurn();
  expect(session.send).not.toHaveBeenCalled();
  expect(ws.pause).toHaveBeenCalled();
  expect(ws.resume).not.toHaveBeenCalled();
  socket.writableLength = 0;
  socket.emit('drain');
  expect(session.send.mock.calls.map(([{ type }]) => type)).toEqual(['history.get', 'users.list']);
  expect(ws.resume).toHaveBeenCalled();
});

it('handles what comes when they have read behind what waited for it', () => {
  const { socket, session, say } = connection();
  socket.writableLength = CONGESTED;
  say({ type: 'get_history', room: 'attic' });
  // They have read, but the socket has not said so yet.
  socket.writableLength = 0;
  say({ type: 'get_users', room: 'attic' });
  socket.emit('drain');
  expect(session.send.mock.calls.map(([{ type }]) => type)).toEqual(['history.get', 'users.list']);
});

it.each([
  ['reads', 0],
  ['does not read', CONGESTED],
])('passes on nothing that comes behind a quit of who %s', async (_, waiting) => {
  const { socket, session, say } = connection();
  socket.writableLength = waiting;
  say({ type: 'quit' });
  say({ type: 'message', room: 'general', text: 'too late' });
  socket.writableLength = 0;
  socket.emit('drain');
  await nextTurn();
  expect(session.send.mock.calls.map(([{ type }]) => type)).toEqual(['session.quit']);
});

it('writes nothing behind the close frame, and tells its session once that it is lost', async () => {
  const { opened, ws, socket, session } = connection();
  opened.send(encode({ type: 'ping', ts: 1 }));
  opened.close('goingAway');
  expect(socket.write).toHaveBeenCalledTimes(1);
  expect(ws.close).toHaveBeenCalledWith(1001, expect.any(String));
  opened.send(encode({ type: 'ping', ts: 2 }));
  opened.answer(encode({ type: 'pong', ts: 2 }));
  opened.send(withProtocolPing(encode({ type: 'ping', ts: 2 })));
  ws.emit('ping', Buffer.from('still there?'));
  ws.emit('error', new Error('reset'));
  ws.emit('close');
  await nextTurn();
  expect(socket.write).toHaveBeenCalledTimes(1);
  expect([ws.ping, ws.pong].flatMap(({ mock }) => mock.calls)).toEqual([]);
  expect(session.send.mock.calls).toEqual([[{ type: 'connection.lost', connection: opened }]]);
});

it('is lost to its session at once when it fails: the peer may keep it open for long', async () => {
  const { opened, ws, session } = connection();
  ws.emit('error', new Error('no frame'));
  await nextTurn();
  expect(session.send.mock.calls).toEqual([[{ type: 'connection.lost', connection: opened }]]);
});

it('tells who has asked that a bug of ours was met, and goes on', () => {
  const { socket, session, opened, say } = connection();
  session.send.mockImplementationOnce(() => {
    throw new Error('planted');
  });
  say({ type: 'get_rooms' });
  say({ type: 'get_rooms' });
  expect(session.send).toHaveBeenCalledTimes(2);
  opened.close('goingAway');
  expect(String(socket.write.mock.calls[0]?.[0])).toContain('"code":"internal"');
});

it('closes nobody for what they have asked, however much it is', () => {
  const { opened, ws, socket } = connection();
  socket.writableLength = CONGESTED;
  opened.answer(encode({ type: 'system', room: 'attic', text: 'x'.repeat(CONGESTED) }));
  expect(ws.close).not.toHaveBeenCalled();
});

it('gives up what waits for a reader who is too slow', async () => {
  const { opened, ws, socket } = connection();
  opened.send(encode({ type: 'ping', ts: 1 }));
  socket.writableLength = CONGESTED;
  opened.send(encode({ type: 'ping', ts: 2 }));
  await nextTurn();
  expect(ws.close).toHaveBeenCalledExactlyOnceWith(4001, expect.any(String));
  expect(socket.write).not.toHaveBeenCalled();
});
