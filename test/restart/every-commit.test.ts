import { expect, it } from 'vitest';
import { openDurableJournal } from '../../src/journal/durable/journal.ts';
import type { Entry } from '../../src/protocol/entities.ts';
import { STANDING_ROOMS } from '../../src/protocol/limits.ts';
import { copyOf } from '../journal/durable/directory.ts';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import { temporaryDirectory } from '../support/data-directory.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Room {
  name: string;
  created_at: number;
  users: string[];
  history: Entry[];
}

/** What everybody can see of a server. */
interface View {
  rooms: Room[];
  messages: number;
  privates: number;
}

/** What one user has of it: their session's name and private messages, as far as they were told. */
interface Own {
  client: ChatClient;
  name: string;
  hasJoined: boolean;
  privates: [type: 'pm' | 'pm_sent', id: number][];
}

/** A commit that is on the disk and that nobody has been told of; what they see once they have been. */
interface Moment {
  copy: string;
  seen?: { view: View; own: Own[] };
}

const GRACE_MS = 30_000;

async function viewOf(server: TestServer): Promise<View> {
  const rooms: Room[] = [];
  for (const { name, created_at } of (await server.get('/api/rooms')).body) {
    const users = (await server.get(`/api/room/${name}/users`)).body.map(
      (user: { name: string }) => user.name,
    );
    const history = (await server.get(`/api/room/${name}/history`)).body;
    // One that is being founded, or whose last member has just gone.
    const isThere = users.length > 0 || (STANDING_ROOMS as readonly string[]).includes(name);
    if (isThere) rooms.push({ name, created_at, users, history });
  }
  const { messages_total: messages, private_messages_total: privates } = (await server.get('/api/stats'))
    .body;
  return { rooms, messages, privates };
}

function ownOf(clients: readonly ChatClient[]): Own[] {
  const sent = clients.flatMap(({ frames }) => frames).filter((frame) => frame.type === 'pm_sent');
  const nameOf = ({ frames, me }: ChatClient) =>
    frames.reduce(
      (name, frame) => (frame.type === 'nick_changed' && frame.old_name === name ? frame.new_name : name),
      me.name,
    );
  return clients.map((client) => {
    const names = new Set([client.me.name, nameOf(client)]);
    const privates = new Map<string, [type: 'pm' | 'pm_sent', id: number]>();
    for (const { id, to } of sent) if (names.has(to)) privates.set(`pm ${id}`, ['pm', id]);
    for (const frame of client.frames) {
      if (frame.type === 'pm_sent') privates.set(`pm_sent ${frame.id}`, ['pm_sent', frame.id]);
    }
    const hasJoined = client.frames.some(({ type }) => type === 'joined');
    return {
      client,
      name: nameOf(client),
      hasJoined,
      privates: [...privates.values()].sort((a, b) => a[1] - b[1]),
    };
  });
}

/** A server whose every commit is copied as a kill would leave it: written, and not told. */
async function witnessed() {
  const directory = temporaryDirectory();
  const clock = new SteppedClock();
  const clients: ChatClient[] = [];
  const moments: Moment[] = [];
  const greeted = () => clients.filter(({ frames }) => frames.length > 0);
  let server: TestServer | undefined;

  /** What came of the last commit, told to all: no other is told until the next is on the disk. */
  async function look(): Promise<void> {
    if (!server) return;
    const open = greeted().filter(({ socket }) => socket.readyState === socket.OPEN);
    await Promise.allSettled(open.map((client) => client.settle()));
    const last = moments.at(-1);
    if (last) last.seen ??= { view: await viewOf(server), own: ownOf(greeted()) };
  }

  const sync = async () => {
    await look();
    moments.push({ copy: copyOf(directory) });
  };
  const journal = openDurableJournal({ directory, now: () => clock.now(), sync });
  server = await startServer({ PRESENCE_GRACE_MS: GRACE_MS }, { journal, clock });
  const come = async (name: string) => {
    const client = server.start({ name });
    clients.push(client);
    await client.opened();
    await client.next('connected');
    await client.next('joined');
    return client;
  };
  return { server, clock, come, look, moments };
}

async function privatesOf(back: ChatClient): Promise<Own['privates']> {
  await back.settle();
  return back.frames.flatMap((frame) =>
    frame.type === 'pm' || frame.type === 'pm_sent'
      ? [[frame.type, frame.id] satisfies Own['privates'][number]]
      : [],
  );
}

it('a kill after any commit loses nothing of it, and nothing of what was told before', async () => {
  const { server, clock, come, look, moments } = await witnessed();
  const ann = await come('Ann');
  const bob = await come('Bob');
  const cid = await come('Cid');
  await ann.join('attic');
  await bob.join('attic');
  await ann.say('attic', 'hello');
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  await ann.ask({ type: 'message', room: 'attic', text: '/me waves' });
  await bob.ask({ type: 'pm', to: 'Anna', text: 'psst' });
  await bob.close();
  await server.untilAway(cid, 'Bob');
  await ann.ask({ type: 'pm', to: 'Bob', text: 'waits' });
  const back = await server.resume(bob, bob.cursor);
  await back.leave('attic');
  await ann.leave('attic');
  await back.join('attic');
  await back.say('attic', 'another one of the same name');
  cid.send({ type: 'quit' });
  await cid.closed;
  await back.next('user_left', { user: 'Cid' });
  await ann.close();
  await server.untilAway(back, 'Anna');
  await clock.pass(GRACE_MS, back);
  await back.next('user_left', { user: 'Anna' });
  // While one looks, another may come: how the end was told to event streams.
  do await look();
  while (!moments.at(-1)?.seen);
  // Commits of one thing each, but the founding of a room, and an end with its leaves.
  const all = [...moments];
  expect(all.length).toBeGreaterThan(20);

  for (const [i, { copy, seen }] of all.entries()) {
    if (!seen) throw new Error(`nobody looked after commit ${i}`);
    const restarted = await startServer({ DATA_DIR: copy, PRESENCE_GRACE_MS: GRACE_MS });
    expect(await viewOf(restarted), `after commit ${i}`).toEqual(seen.view);
    const lobby = seen.view.rooms.find(({ name }) => name === 'general')?.users ?? [];
    for (const { client, name, hasJoined, privates } of seen.own) {
      const again = await restarted.connect({ session: client.me.session_id, lastMsgId: 0 });
      if (hasJoined && !lobby.includes(name)) {
        await again.next('connected');
        continue;
      }
      const { rooms } = seen.view;
      expect(await again.next('resumed'), `after commit ${i}`).toMatchObject({
        user_id: client.me.user_id,
        name,
        rooms: rooms.filter(({ users }) => users.includes(name)).map((room) => room.name),
      });
      expect(await privatesOf(again), `${name} after commit ${i}`).toEqual(privates);
    }
    await restarted.close();
  }
});
