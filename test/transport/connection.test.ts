import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, it, vi } from 'vitest';
import type { Admission } from '../../src/actors/directory.ts';
import { Slices } from '../../src/actors/slices.ts';
import { createLogger } from '../../src/log.ts';
import { createDecoder } from '../../src/protocol/decode.ts';
import { encode } from '../../src/protocol/encode.ts';
import type { ClientSocket } from '../../src/transport/client-socket.ts';
import { ClientConnection, type ConnectionParts } from '../../src/transport/connection.ts';
import { withProtocolPing } from '../../src/transport/wire.ts';
import { SteppedClock } from '../support/clock.ts';

// What depends on how much waits in the kernel, which no client can know.

const CONGESTED = 10 * 1024 * 1024;

/** A connection whose socket is as full as the test says. */
function connection(changes: Partial<ConnectionParts> = {}) {
  const made = unserved(changes);
  const { opened, ws } = made;
  const session = { send: vi.fn() };
  const frames = { spend: vi.fn(() => ({ kind: 'granted' })) };
  const typingFrames = { spend: vi.fn(() => ({ kind: 'granted' })) };
  const record = { id: 'u1', frames, typingFrames };
  opened.serve({ session, record } as unknown as Admission);
  const say = (frame: object, isBinary = false) =>
    ws.emit('message', Buffer.from(JSON.stringify(frame)), isBinary);
  return { ...made, session, frames, typingFrames, say };
}

/** One that is not yet anybody's. */
function unserved(changes: Partial<ConnectionParts> = {}) {
  const ws = Object.assign(new EventEmitter(), {
    readyState: 1,
    OPEN: 1,
    pause: vi.fn(),
    resume: vi.fn(),
    ping: vi.fn(),
    pong: vi.fn(),
    close: vi.fn(),
    terminate: vi.fn(),
  });
  const socket = Object.assign(new EventEmitter(), { writableLength: 0, write: vi.fn() });
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
      ...changes,
    },
    'secret',
  );
  /** The text of what has been written. */
  const written = () => socket.write.mock.calls.map(([bytes]) => String(bytes)).join('');
  return { opened, ws, socket, written };
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

it('takes a binary frame for one, also when it has waited', async () => {
  const { socket, session, say, written, opened } = connection();
  socket.writableLength = CONGESTED;
  say({ type: 'message', room: 'general', text: 'hello' }, true);
  say({ type: 'get_users', room: 'attic' });
  socket.writableLength = 0;
  socket.emit('drain');
  expect(session.send.mock.calls.map(([{ type }]) => type)).toEqual(['users.list']);
  opened.close('goingAway');
  expect(written()).toContain('binary frames are not understood');
});

it('reads no further for an answer to who does not read', async () => {
  const { opened, ws, socket, say } = connection();
  opened.answer(encode({ type: 'pong', ts: 1 }));
  await nextTurn();
  expect(ws.resume).toHaveBeenCalled();
  ws.resume.mockClear();
  socket.writableLength = CONGESTED;
  say({ type: 'get_history', room: 'attic' });
  opened.answer(encode({ type: 'pong', ts: 2 }));
  await nextTurn();
  expect(ws.resume).not.toHaveBeenCalled();
});

it.each(['before', 'behind'])(
  'goes on with what comes %s a large answer that leaves at once: no drain follows',
  async (when) => {
    const { opened, socket, session, say } = connection();
    await nextTurn();
    const answer = encode({ type: 'system', room: 'attic', text: 'x'.repeat(CONGESTED) });
    if (when === 'behind') opened.answer(answer);
    else socket.writableLength = CONGESTED;
    say({ type: 'get_users', room: 'attic' });
    socket.writableLength = 0;
    if (when === 'before') opened.answer(answer);
    expect(session.send).not.toHaveBeenCalled();
    for (let i = 0; i < 5; i++) await nextTurn();
    expect(session.send.mock.calls.map(([{ type }]) => type)).toEqual(['users.list']);
  },
);

it('keeps nobody busy while somebody does not read', async () => {
  const { socket, say } = connection();
  const look = vi.fn(() => CONGESTED);
  Object.defineProperty(socket, 'writableLength', { get: look });
  say({ type: 'get_history', room: 'attic' });
  for (let i = 0; i < 5; i++) await nextTurn();
  look.mockClear();
  for (let i = 0; i < 5; i++) await nextTurn();
  expect(look).not.toHaveBeenCalled();
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

it('writes nothing behind a close frame that has answered the peer’s', () => {
  const { opened, ws, written } = connection();
  opened.send(encode({ type: 'ping', ts: 1 }));
  ws.readyState = 2;
  opened.close('goingAway');
  expect(written()).toBe('');
});

it('reads on until the peer has answered the close frame, however much it says before', () => {
  const { opened, ws, socket, say } = connection();
  socket.writableLength = CONGESTED;
  opened.close('goingAway');
  ws.pause.mockClear();
  say({ type: 'get_history', room: 'attic' });
  expect(ws.pause).not.toHaveBeenCalled();
});

it('says that it is closed, and can be cut off if the peer does not mind', () => {
  const { opened, ws } = connection();
  expect(opened.isClosed).toBe(false);
  opened.close('goingAway');
  expect(opened.isClosed).toBe(true);
  expect(ws.terminate).not.toHaveBeenCalled();
  opened.terminate();
  expect(ws.terminate).toHaveBeenCalled();
});

it('may be closed before it is anybody’s', () => {
  // What runs later would otherwise throw where nobody catches it.
  const { opened, ws } = unserved({ later: (run) => run() });
  opened.close('overloaded');
  expect(ws.close).toHaveBeenCalledExactlyOnceWith(1013, expect.any(String));
});

it('is lost to its session at once when it fails: the peer may keep it open for long', async () => {
  const { opened, ws, session } = connection();
  ws.emit('error', new Error('no frame'));
  await nextTurn();
  expect(session.send.mock.calls).toEqual([[{ type: 'connection.lost', connection: opened }]]);
});

it('refuses a binary frame, even if its bytes are a frame', () => {
  const { opened, session, say, written } = connection();
  say({ type: 'message', room: 'general', text: 'hello' }, true);
  opened.close('goingAway');
  expect(session.send.mock.calls.map(([{ type }]) => type)).not.toContain('message.post');
  expect(written()).toContain('"code":"bad_frame"');
  expect(written()).toContain('binary frames are not understood');
});

it('answers a ping, and no pong', () => {
  const { opened, say, written } = connection();
  say({ type: 'pong', ts: 1 });
  say({ type: 'ping', ts: 2 });
  opened.close('goingAway');
  expect(written().match(/\{.*?\}/g)).toEqual(['{"type":"pong","ts":2}']);
});

it('counts typing apart from everything else', () => {
  const { frames, typingFrames, say } = connection();
  say({ type: 'typing', room: 'general', typing: true });
  expect([frames, typingFrames].map(({ spend }) => spend.mock.calls.length)).toEqual([0, 1]);
  say({ type: 'message', room: 'general', text: 'hello' });
  expect([frames, typingFrames].map(({ spend }) => spend.mock.calls.length)).toEqual([1, 1]);
});

it('tells who has asked that a bug of ours was met, and goes on', () => {
  const lines: object[] = [];
  const log = createLogger('info', { write: (line) => lines.push(JSON.parse(line)) });
  const { session, opened, say, written } = connection({ log });
  session.send.mockImplementationOnce(() => {
    throw new Error('planted');
  });
  say({ type: 'get_rooms' });
  say({ type: 'get_rooms' });
  expect(session.send).toHaveBeenCalledTimes(2);
  opened.close('goingAway');
  expect(written()).toContain('"code":"internal"');
  const err = expect.objectContaining({ message: 'planted' });
  expect(lines).toEqual([
    expect.objectContaining({ level: 'error', msg: 'a frame met a bug', user: 'u1', err }),
  ]);
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
