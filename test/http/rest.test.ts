import { describe, expect, it } from 'vitest';
import { restAnswers } from '../../src/protocol/rest.ts';
import { startServer } from '../support/server.ts';

describe('what is wrong with a request', () => {
  it.each(['users', 'history'])('answers 404 to %s of an unknown room', async (what) => {
    const server = await startServer();
    const { status, body } = await server.get(`/api/room/nowhere/${what}`);
    expect([status, body]).toEqual([404, { error: 'Room not found' }]);
  });

  it.each([
    ['/api/rooms?limit=0', 'limit'],
    ['/api/rooms?limit=1001', 'limit'],
    ['/api/rooms?limit=ten', 'limit'],
    ['/api/rooms?limit=', 'limit'],
    ['/api/rooms?limit=1.5', 'limit'],
    ['/api/rooms?limit=-1', 'limit'],
    ['/api/rooms?limit=1&limit=2', 'limit'],
    ['/api/rooms?after=a&after=b', 'after'],
    ['/api/room/general/users?limit=1001', 'limit'],
    ['/api/room/general/history?limit=101', 'limit'],
    ['/api/room/general/history?before=0', 'before'],
    ['/api/room/general/history?before=x', 'before'],
    ['/api/room/general/history?before=9999999999999999', 'before'],
    ['/api/room/general/history?before=1&before=2', 'before'],
  ])('answers 400 to %s, naming %s', async (path, field) => {
    const server = await startServer();
    const { status, body } = await server.get(path);
    expect(status).toBe(400);
    expect(restAnswers.error.parse(body).error).toContain(`"${field}"`);
  });

  it.each(['ten', '1.5', '-1', '1e2', ''])('says that a limit of "%s" is no whole number', async (limit) => {
    const server = await startServer();
    const { body } = await server.get(`/api/rooms?limit=${limit}`);
    expect(body.error).toBe('Bad "limit": must be a whole number');
  });

  it.each(['/api/room/x/users', '/api/room/--/history', '/api/room//users', '/api/room/%20/history'])(
    'answers 400 to the bad room name of %s',
    async (path) => {
      const server = await startServer();
      const { status, body } = await server.get(path);
      expect(status).toBe(400);
      expect(body.error).toMatch(/^Bad room name/);
    },
  );

  it('ignores fields it does not know', async () => {
    const server = await startServer();
    expect((await server.get('/api/rooms?cache=17&__proto__=1&constructor=2')).status).toBe(200);
  });
});
