import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

it.each([
  ['GET /api/room/%zz/history', 400, 'Bad percent-encoding in the room name'],
  ['GET /api/room/%E0%A4%A/users', 400, 'Bad percent-encoding in the room name'],
  ['GET /api/room/nowhere/users', 404, 'Room not found'],
  ['GET *', 400, 'Bad request target'],
  ['GET http://elsewhere.example/api/rooms', 400, 'Bad request target'],
  ['GET /nowhere', 404, 'Not found'],
  ['GET /vendor/nowhere.js', 404, 'Not found'],
  ['POST /api/rooms', 405, 'Method not allowed'],
  ['DELETE /', 405, 'Method not allowed'],
  ['GET /ws/chat', 426, 'Upgrade to a WebSocket'],
  ['GET /ws/inspect', 426, 'Upgrade to a WebSocket'],
  ['BROKEN /', 400, 'Bad Request'],
])('%s is answered with %i, in words for whoever asked', async (requestLine, status, error) => {
  const server = await startServer({ INSPECT: true });
  const answer = await rawRequest(server.url, requestLine);
  expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error }]);
  // Or who keeps the connection would wait for more of it.
  expect(answer.headers['content-length']).toBe(String(answer.body.length));
});

it('answers 413 to a body with more in its chunks than what is in it, behind the answer to its request', async () => {
  const server = await startServer();
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  socket.write('POST /api/rooms HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(answer).toMatch(/^HTTP\/1\.1 405 /);
  const refusal = once(socket, 'data');
  socket.write(`5;${'x'.repeat(20_000)}`);
  const [text] = await refusal;
  expect(text).toMatch(/^HTTP\/1\.1 413 Payload Too Large\r\n/);
  expect(text).toMatch(/\r\n\r\n{"error":"Payload Too Large"}$/);
  await once(socket, 'close');
});
