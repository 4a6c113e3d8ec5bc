import { expect, it } from 'vitest';
import * as xstate from 'xstate';
import { startServer } from '../support/server.ts';
import { rawRequest } from './raw.ts';

const PATH = '/vendor/xstate.js';

it('serves what the import map names, as modules', async () => {
  const server = await startServer();
  const { body: page } = await server.get('/');
  const map: { imports: Record<string, string> } = JSON.parse(
    page.match(/<script type="importmap">([^<]*)</)[1],
  );
  expect(Object.keys(map.imports)).toEqual(['xstate']);
  for (const path of Object.values(map.imports)) {
    const { status, headers } = await server.get(new URL(path, server.url).pathname);
    expect([path, status, headers.get('content-type')]).toEqual([path, 200, 'text/javascript;charset=utf-8']);
  }
});

it('exports from xstate what the package does', async () => {
  const server = await startServer();
  const { body } = await server.get(PATH);
  // The map is not served, and whoever opens the developer tools would be told that it is missing.
  expect(body).not.toContain('sourceMappingURL');
  const served = await import(`data:text/javascript,${encodeURIComponent(body)}`);
  const kinds = (module: object) =>
    Object.entries(module)
      .filter(([name]) => name !== 'default' && name !== 'module.exports')
      .map(([name, value]) => [name, typeof value])
      .sort();
  expect(kinds(served)).toEqual(kinds(xstate));
});

it('answers 304 to whoever has the module, and compresses it for the others', async () => {
  const server = await startServer();
  const first = await rawRequest(server.url, `GET ${PATH}`);
  const again = await rawRequest(server.url, `GET ${PATH}`, [`If-None-Match: ${first.headers.etag}`]);
  expect([again.status, again.body]).toEqual([304, '']);
  expect(first.headers['cache-control']).toContain('max-age=0');
  const outdated = await rawRequest(server.url, `GET ${PATH}`, ['If-None-Match: W/"of-an-older-release"']);
  expect([outdated.status, outdated.body]).toEqual([200, first.body]);
  const packed = await rawRequest(server.url, `GET ${PATH}`, ['Accept-Encoding: gzip']);
  expect(packed.headers['content-encoding']).toBe('gzip');
  expect(packed.body.length).toBeLessThan(first.body.length / 2);
});

it('says how long a module is to whoever asks for no more than that', async () => {
  const server = await startServer();
  const { body } = await rawRequest(server.url, `GET ${PATH}`);
  const { headers, body: nothing } = await rawRequest(server.url, `HEAD ${PATH}`);
  expect([headers['content-length'], nothing]).toEqual([String(body.length), '']);
});

it('serves the emoji of the picker, by groups, with words to find them by', async () => {
  const server = await startServer();
  const { status, headers, body: groups } = await server.get('/vendor/emoji.json');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json;charset=utf-8']);
  expect(groups.map(({ name }: { name: string }) => name).slice(0, 2)).toEqual([
    'Smileys & Emotion',
    'People & Body',
  ]);
  expect(groups.length).toBeGreaterThan(7);
  expect(groups.flatMap(({ emojis }: { emojis: string[][] }) => emojis).length).toBeGreaterThan(1_500);
  expect(groups[0].emojis[0]).toEqual(['😀', 'grinning face', expect.stringContaining('happy')]);
  const words: string[] = groups.flatMap(({ emojis }: { emojis: string[][] }) =>
    emojis.map((each) => each[2]),
  );
  expect(words.filter((each) => each.includes('_'))).toEqual([]);
  // Of Emoji 16: an empty box on many systems still.
  expect(JSON.stringify(groups)).not.toContain('🫩');
  const rows: string[][] = groups.flatMap(({ emojis }: { emojis: string[][] }) => emojis);
  expect(rows.filter(([emoji]) => emoji === '👍' || emoji === '🐦‍🔥')).toEqual([
    [
      '👍',
      'thumbs up',
      'thumbsup yes awesome good agree accept cool hand like +1 approve body ok sign thumb',
    ],
    ['🐦‍🔥', 'phoenix', 'immortal bird mythtical reborn'],
  ]);
  const packed = await rawRequest(server.url, 'GET /vendor/emoji.json', ['Accept-Encoding: gzip']);
  expect(packed.headers['content-encoding']).toBe('gzip');
});

it('serves elk as a module, and its worker as a script of its own', async () => {
  const server = await startServer();
  const { body } = await server.get('/vendor/elk.js');
  const { default: Elk } = await import(`data:text/javascript,${encodeURIComponent(body)}`);
  expect(new Elk({ workerFactory: () => ({ postMessage() {} }) }).layout).toBeTypeOf('function');
  const packed = await rawRequest(server.url, 'GET /vendor/elk-worker.js', ['Accept-Encoding: gzip']);
  expect(packed.headers).toMatchObject({
    'content-type': 'text/javascript;charset=utf-8',
    'content-encoding': 'gzip',
  });
});

it.each(['/vendor/', '/vendor/xstate', '/vendor/..%2fpackage.json', '/vendor/polka.js', '/vendor/__proto__'])(
  'serves nothing else: %s',
  async (path) => {
    const server = await startServer();
    expect((await rawRequest(server.url, `GET ${path}`)).status).toBe(404);
  },
);
