import { expect, it } from 'vitest';
import { type Answer, startServer, type TestServer } from '../support/server.ts';
import { createCheck, type Document, fetchDocuments, pointerPart } from './published.ts';

/** Answers that no request of a well-behaved test gets. */
const elsewhere: Record<string, string> = {
  '101 /ws/chat': 'every test that connects a client',
  '403 /ws/chat': 'test/contract/upgrade.test.ts, as only an upgrade is refused so',
  '503 /readyz':
    'test/http/failure.test.ts, as a server that is starting or draining has to be held in that state',
};

it('real answers are as the published OpenAPI document says, for every endpoint and status', async () => {
  const server = await startServer();
  const [ann] = await server.users('Ann');
  await ann.say('general', 'hello');
  await ann.ask({ type: 'message', room: 'general', text: '/me waves' });
  await ann.join('attic');
  const { openapi } = await fetchDocuments(server);
  const answered = new Set<string>();
  const wrong: (string | undefined)[] = [];
  const check = createCheck(openapi);

  const posts = Object.keys(openapi.paths).map((path): [string, Ask] => [path, post(path)]);
  for (const [path, request] of [...requests, ...posts]) {
    const answer = await request(server);
    answered.add(`${answer.status} ${path}`);
    wrong.push(broken(openapi, check, path, answer));
  }

  expect(wrong.filter(Boolean)).toEqual([]);
  const documented = Object.entries<Document>(openapi.paths).flatMap(([path, { get }]) =>
    Object.keys(get.responses).map((status) => `${status} ${path}`),
  );
  // A fault of our own has to be planted, which test/http/failure.test.ts does.
  const left = documented.filter((each) => !answered.has(each) && !each.startsWith('500 '));
  expect(left.sort()).toEqual(Object.keys(elsewhere).sort());
});

type Ask = (server: TestServer) => Promise<Answer>;

const to =
  (url: string, init?: RequestInit): Ask =>
  (server) =>
    server.get(url, init);

const post = (path: string) => to(path.replace('{name}', 'general'), { method: 'POST' });

const requests: [path: string, request: Ask][] = [
  ['/api/rooms', to('/api/rooms')],
  ['/api/rooms', to('/api/rooms?after=general&limit=1')],
  ['/api/rooms', to('/api/rooms?limit=0')],
  ['/api/rooms', to('/api/rooms?limit=1001')],
  ['/api/room/{name}/history', to('/api/room/general/history')],
  ['/api/room/{name}/history', to('/api/room/attic/history?limit=1&before=9007199254740991')],
  ['/api/room/{name}/history', to('/api/room/general/history?limit=101')],
  ['/api/room/{name}/history', to('/api/room/nowhere/history')],
  ['/api/room/{name}/users', to('/api/room/General/users?after=A&limit=1000')],
  ['/api/room/{name}/users', to('/api/room/%/users')],
  ['/api/room/{name}/users', to('/api/room/nowhere/users')],
  ['/api/stats', to('/api/stats')],
  ['/events', readFirstEvents],
  ['/ws/chat', to('/ws/chat')],
  ['/healthz', to('/healthz')],
  ['/readyz', to('/readyz')],
  ['/asyncapi.json', to('/asyncapi.json')],
  ['/openapi.json', to('/openapi.json')],
];

/** The stream never ends by itself: the first chunk will do. */
async function readFirstEvents(server: TestServer): Promise<Answer> {
  const stopped = new AbortController();
  const response = await fetch(`${server.url}/events`, { signal: stopped.signal });
  const chunk = await response.body?.getReader().read();
  stopped.abort();
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(chunk?.value ?? []).toString(),
  };
}

/** What in an answer is not as the document says. */
function broken(openapi: Document, check: ReturnType<typeof createCheck>, path: string, answer: Answer) {
  const { status, headers, body } = answer;
  const own = openapi.paths[path]?.get.responses[status];
  if (!own) return `${status} ${path} is not documented`;
  const base: string = own.$ref?.slice(1) ?? `/paths/${pointerPart(path)}/get/responses/${status}`;
  const response = own.$ref ? openapi.components.responses[own.$ref.split('/').at(-1)] : own;
  for (const [name, { schema }] of Object.entries<Document>(response.headers ?? {})) {
    if (headers.get(name) !== schema.const) return `${path} has ${name}: ${headers.get(name)}`;
  }
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  if (!response.content[type]) return `${status} ${path} is of type ${type}`;
  return check(`${base}/content/${pointerPart(type)}/schema`, body);
}
