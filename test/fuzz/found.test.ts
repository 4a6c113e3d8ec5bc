/** What the sequences have found, each as small as it gets. */
import { expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { startServer } from '../support/server.ts';

it('frees the old name of one who renames and quits in one breath', async () => {
  const server = await startServer();
  const [ann, bob] = await server.users('Ann', 'Bob');
  sendAtOnce(ann, { type: 'set_nick', name: 'Anna' }, { type: 'quit' });
  await ann.closed;
  await bob.settle();
  const names = [(await server.user('Ann')).me.name, (await server.user('Anna')).me.name];
  expect(names).toEqual(['Ann', 'Anna']);
});

it('tells the change of a name before it says that there is nothing more to change', async () => {
  const server = await startServer();
  const [ann] = await server.users('Ann');
  sendAtOnce(ann, { type: 'set_nick', name: 'Anna' }, { type: 'set_nick', name: 'Anna' });
  const changes = [await ann.next('nick_changed'), await ann.next('nick_changed')];
  expect(changes.map(({ old_name, new_name }) => [old_name, new_name])).toEqual([
    ['Ann', 'Anna'],
    ['Anna', 'Anna'],
  ]);
});

/** In one write, so that the server reads all of it in one go. */
function sendAtOnce({ socket }: ChatClient, ...frames: object[]): void {
  // biome-ignore lint/complexity/useLiteralKeys: it is private to ws
  const line = (socket as unknown as Record<string, { cork(): void; uncork(): void }>)['_socket'];
  line?.cork();
  for (const frame of frames) socket.send(JSON.stringify(frame));
  line?.uncork();
}
