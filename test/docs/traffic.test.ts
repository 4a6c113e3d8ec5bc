import { describe, expect, it, vi } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import type { EventStream } from '../support/events.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { createCheck, type Document, fetchDocuments } from './published.ts';

describe('real traffic', () => {
  it('over the WebSocket and SSE is as the published AsyncAPI document says, all of it', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const { asyncapi } = await fetchDocuments(server);
    const stream = await server.subscribe();
    const clients = await converse(server, clock);
    await stream.next('user_disconnected');
    for (const type of ['room_created', 'room_deleted', 'room_updated', 'user_connected'] as const) {
      if (stream.of(type).length === 0) await stream.next(type);
    }

    const messages = [...sentBy(clients), ...receivedBy(clients), ...pushedTo(stream)];
    const check = createCheck(asyncapi);
    const wrong = messages.map(({ key, payload }) => check(`/components/messages/${key}/payload`, payload));
    expect(wrong.filter(Boolean)).toEqual([]);

    const seen = new Set(messages.map(({ key }) => key));
    expect(keysOf(asyncapi).filter((key) => !seen.has(key))).toEqual([]);
  });
});

/** A conversation in which every frame of both sides and every event occurs. */
async function converse(server: TestServer, clock: SteppedClock): Promise<ChatClient[]> {
  const [ann, bea] = await server.users('Ann', 'Bea');
  for (const client of [ann, bea]) vi.spyOn(client.socket, 'send');

  await ann.join('attic');
  await bea.join('attic');
  ann.send({ type: 'typing', room: 'attic', typing: true });
  await bea.next('typing', { typing: true });
  await ann.say('attic', 'hello');
  await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
  await bea.next('action');
  await ann.ask({ type: 'message', room: 'attic', text: '/help' });
  await ann.ask({ type: 'pm', to: 'Bea', text: 'psst' });
  await bea.next('pm');
  await ann.next('pm_sent');
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  await bea.next('nick_changed', { room: 'attic' });
  await ann.ask({ type: 'get_rooms', after: 'a', limit: 10 });
  await ann.ask({ type: 'get_users', room: 'general', after: 'A', limit: 1 });
  const listed = await ann.ask({ type: 'get_history', room: 'attic', limit: 2 });
  const [oldest] = listed.type === 'history' ? listed.messages : [];
  await ann.ask({ type: 'get_history', room: 'attic', before: oldest?.id });
  await ann.ask({ type: 'join', room: 'attic' });

  clock.increment(25_000);
  const { ts } = await ann.next('ping');
  ann.send({ type: 'pong', ts });

  await bea.leave('attic');
  await ann.next('user_left', { room: 'attic' });
  await bea.say('general', 'anybody here?');
  await ann.leave('attic');

  const resumed = await server.resume(bea);
  const crowd = await Promise.all(Array.from({ length: 100 }, (_, i) => server.user(`guest${i}`)));
  const last = await server.user('last');
  await letPresenceCome(clock, ann);
  bea.send({ type: 'quit' });
  await bea.closed;
  clock.increment(2_000);
  await ann.settle();
  return [ann, bea, resumed, last, ...crowd];
}

async function letPresenceCome(clock: SteppedClock, client: ChatClient): Promise<void> {
  await client.settle();
  clock.increment(300);
  await client.next('presence', ({ joined }) => joined.length > 0);
}

interface Message {
  key: string;
  payload: unknown;
}

function sentBy(clients: ChatClient[]): Message[] {
  return clients
    .filter(({ socket }) => vi.isMockFunction(socket.send))
    .flatMap(({ socket }) => vi.mocked(socket.send).mock.calls)
    .map(([data]) => JSON.parse(String(data)))
    .map((payload) => ({ key: `client.${payload.type}`, payload }));
}

function receivedBy(clients: ChatClient[]): Message[] {
  return clients.flatMap(({ frames }) =>
    frames.map((payload) => ({ key: `server.${payload.type}`, payload })),
  );
}

function pushedTo(stream: EventStream): Message[] {
  return stream.events.map(({ type, data }) => ({ key: `event.${type}`, payload: data }));
}

function keysOf(asyncapi: Document): string[] {
  return Object.keys(asyncapi.components.messages);
}
