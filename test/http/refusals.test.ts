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
