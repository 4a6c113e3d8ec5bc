import { expect } from 'vitest';
import { HISTORY_KEPT } from '../../src/protocol/limits.ts';
import type { ChatClient } from '../support/client.ts';
import { sessionAssertions } from './session.assertions.ts';
import type { sessionModel } from './session.model.ts';
import { BURST, type SessionWorld } from './session-world.ts';
import type { Steps } from './walk.ts';

/** The server's own grace period. */
const GRACE_MS = 30_000;
/** Shorter than any time that the model waits for. */
const MOMENT_MS = 1;
/** 2,000 characters of four bytes each: few of them fill what the kernel holds between two ends of a socket. */
const LONG_TEXT = '😀'.repeat(2_000);

const GIVEN_NAME = { Ann: /^Ann$/, Bea: /^Bea\d+$/, '!': /^User\d+$/ };

export const sessionSteps: Steps<SessionWorld, (typeof sessionModel)['machine']> = {
  executors: {
    async connect(world, { name }) {
      const client = await world.connect({ name });
      const { user_id, session_id, rooms } = await client.next('connected');
      expect(client.frames[0]?.type).toBe('connected');
      expect(client.me.name).toMatch(GIVEN_NAME[name]);
      expect(rooms).toEqual(['general', 'help', 'random']);
      expect(session_id).not.toBe(user_id);
      await client.next('joined', { room: 'general' });
      world.name = client.me.name;
    },

    async knock({ server }, { at }) {
      if (at === 'foreign origin') {
        const stranger = server.start({ name: 'Ann' }, { origin: 'https://elsewhere.example' });
        await expect(stranger.opened()).rejects.toThrow('403');
        return;
      }
      const others = [await server.user('Cid'), await server.user('Dan')];
      const late = await server.connect({ name: 'Ann' });
      expect((await late.closed).code).toBe(1013);
      expect(late.frames).toEqual([]);
      for (const other of others) {
        other.send({ type: 'quit' });
        await other.closed;
      }
    },

    async open(world, { cursor }) {
      await comeBack(world, cursor);
    },

    async lose(world, { how }) {
      await world.connections.pop()?.[how]();
      await world.untilConnections(world.connections.length + 1);
    },

    async comeBack(world, { cursor }, { answer }) {
      if (answer === 'resumed') return comeBack(world, cursor);
      const { session_id: worthless, user_id: before } = world.latest.me;
      const client = await world.connect({
        session: worthless,
        name: 'Ann',
        ...world.cursorOf(cursor).query,
      });
      const { session_id, user_id } = await client.next('connected');
      expect([session_id, user_id]).not.toEqual([worthless, before]);
      world.name = client.me.name;
      world.privates.length = 0;
    },

    async rename(world, { to }, { answer }) {
      const asker = world.connections.at(-1) as ChatClient;
      const told = await asker.ask({ type: 'set_nick', name: to });
      if (answer === 'name_taken') {
        expect(told).toMatchObject({
          type: 'error',
          code: 'name_taken',
          message: expect.stringContaining(to),
        });
        return;
      }
      const change = { type: 'nick_changed', old_name: world.name, new_name: to };
      expect(told).toMatchObject(change);
      for (const other of world.connections.slice(0, -1))
        expect(await other.next('nick_changed')).toEqual(change);
      world.name = to;
    },

    async receive(world, { text }, { answer }) {
      if (answer === 'pm_sent') {
        const { id } = await world.write(text);
        for (const client of world.connections) await client.next('pm', { from: 'Bea', text, id });
        return;
      }
      const told = await world.bea.ask({ type: 'pm', to: world.name, text });
      expect(told).toMatchObject({ type: 'error', code: 'empty' });
    },

    async flood(world, { how }, { answer }) {
      const [client] = world.connections as [ChatClient];
      if (world.retryAfter === 0) {
        world.refill();
        for (let i = 0; i < BURST; i++) client.send({ type: 'get_rooms' });
      }
      if (how === 'a little') {
        const told = await client.ask({ type: 'get_rooms' });
        expect(told).toMatchObject({ type: 'error', code: answer, retry_after: expect.any(Number) });
        if (told.type === 'error') world.retryAfter = told.retry_after as number;
        return;
      }
      for (let i = 0; i < 6 * BURST; i++) client.send({ type: 'get_rooms' });
      expect((await client.closed).code).toBe(1008);
      world.connections.length = 0;
      await world.untilStatus('away');
    },

    async stall(world, { for: time }) {
      const [client] = world.connections as [ChatClient];
      client.socket.pause();
      if (time === 'a moment') {
        const { id } = await world.bea.say('general', 'while Ann does not look');
        client.socket.resume();
        await client.next('message', { id });
        return;
      }
      do {
        world.refill();
        for (let i = 1; i < BURST; i++) world.bea.send({ type: 'message', room: 'general', text: LONG_TEXT });
        await world.bea.say('general', LONG_TEXT);
      } while ((await world.status()) !== 'away');
      world.refill();
      client.socket.resume();
      expect((await client.closed).code).toBe(4001);
      world.connections.length = 0;
    },

    async quit(world, { on }) {
      const { connections } = world;
      const quitter = (on === 'first connection' ? connections[0] : connections.at(-1)) as ChatClient;
      quitter.send({ type: 'quit' });
      expect((await quitter.closed).code).toBe(1000);
      for (const other of connections.splice(0)) {
        if (other !== quitter) expect((await other.closed).code).toBe(4003);
      }
    },

    async wait(world, { time }, { answer }) {
      const [client] = world.connections;
      if (!client) {
        world.clock.increment(time === 'a moment' ? MOMENT_MS : GRACE_MS);
        if (time === 'the time') await world.untilGivenBack();
        return;
      }
      world.clock.increment(time === 'a moment' ? MOMENT_MS : world.retryAfter * 1_000);
      const told = await client.ask({ type: 'get_rooms' });
      expect(told.type === 'error' ? told.code : 'nothing').toBe(answer);
      if (answer === 'rate_limited') return;
      world.retryAfter = 0;
      world.refill();
    },
  },

  assertions: sessionAssertions,
};

/** On coming back one is first told all of the room and then all private messages that one is owed, and once. */
async function comeBack(world: SessionWorld, cursor: 'newest' | 'none' | 'beyond'): Promise<void> {
  const { session_id, user_id } = world.latest.me;
  const { query, since } = world.cursorOf(cursor);
  const kept = (await world.history()).filter(({ id }) => id > since);
  const client = await world.connect({ session: session_id, ...query });
  const told = await client.next('resumed');
  expect(client.frames[0]).toBe(told);
  expect(told).toMatchObject({ user_id, session_id, name: world.name, rooms: ['general'] });
  const missed = told.missedMessages.general ?? [];
  expect(missed).toEqual(kept.slice(kept.length - missed.length));
  // What is left out is owned up to.
  if (told.recovered) expect(missed.length).toBe(kept.length);
  else expect(kept.length).toBe(HISTORY_KEPT);
  const privates = client.frames.flatMap((frame) =>
    frame.type === 'pm' ? [{ id: frame.id, text: frame.text }] : [],
  );
  expect(privates).toEqual(world.privates.filter(({ id }) => id > since));
  world.unread = 0;
}
