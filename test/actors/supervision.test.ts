import { Writable } from 'node:stream';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

/** What the log says of a crash. */
interface CrashLine {
  level: string;
  actor: string;
  event: string;
  err: { message: string };
}

function recordingLogger(): { logger: pino.Logger; crashes: () => CrashLine[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const logger = pino({ level: 'error', formatters: { level: (level) => ({ level }) } }, stream);
  return { logger, crashes: () => lines.map((line) => JSON.parse(line)).filter((line) => line.actor) };
}

const boom = () => {
  throw new Error('planted');
};

/** Throws the first time, then does what the original does. */
function once<A extends unknown[]>(
  original: (...args: A) => void,
  when: (...args: A) => boolean = () => true,
) {
  let thrown = false;
  return (...args: A) => {
    if (thrown || !when(...args)) return original(...args);
    thrown = true;
    return boom();
  };
}

describe('a room that crashes', () => {
  const appendEntry = roomMachine.implementations.actions.appendEntry as (...args: never[]) => void;
  const faulty = roomMachine.provide({
    actions: {
      appendEntry: (args, params) => {
        if (params.text === 'poison') boom();
        appendEntry(args as never, params as never);
      },
    },
  });

  it('is back with its members, its history and rising ids', async () => {
    const { logger, crashes } = recordingLogger();
    const server = await startServer({}, { machines: { room: faulty }, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await bob.join('attic');
    const before = await ann.say('attic', 'before');

    const answer = await ann.ask({ type: 'message', room: 'attic', text: 'poison' });
    expect(answer).toMatchObject({ type: 'error', code: 'internal' });

    const after = await ann.say('attic', 'after');
    expect(after.id).toBeGreaterThan(before.id);
    await bob.next('message', { text: 'after' });
    const { messages } = (await bob.ask({ type: 'get_history', room: 'attic' })) as never as {
      messages: { text: string }[];
    };
    expect(messages.map(({ text }) => text)).toEqual(['Ann created the room', 'before', 'after']);
    const users = (await server.get('/api/room/attic/users')).body;
    expect(users.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Bob']);
    expect(crashes()).toEqual([
      expect.objectContaining({
        level: 'error',
        actor: 'room:attic',
        event: 'message.post',
        err: expect.objectContaining({ message: 'planted' }),
      }),
    ]);
  });

  it('still ends with its last member, as all are told', async () => {
    const { logger, crashes } = recordingLogger();
    const server = await startServer({}, { machines: { room: faulty }, logger });
    const stream = await server.subscribe();
    const [ann] = await server.users('Ann');
    await ann.join('attic');
    await ann.ask({ type: 'message', room: 'attic', text: 'poison' });
    await ann.leave('attic');
    await stream.next('room_deleted', { room: 'attic' });
    expect(crashes()).toHaveLength(1);
  });

  it('is noticed by no other room, and by nobody outside it', async () => {
    const { logger } = recordingLogger();
    const server = await startServer({}, { machines: { room: faulty }, logger });
    const [ann, bob, cid] = await server.users('Ann', 'Bob', 'Cid');
    await ann.join('attic');
    await bob.join('cellar');
    await cid.join('cellar');
    await cid.forget();
    const seen = await cid.during(async () => {
      await ann.ask({ type: 'message', room: 'attic', text: 'poison' });
      await bob.say('cellar', 'calm');
    });
    expect(seen.map(({ type }) => type)).toEqual(['message']);
  });

  it('lets the same ref be sent again after the error', async () => {
    const { logger } = recordingLogger();
    const machines = { room: roomMachine.provide({ actions: { appendEntry: once(appendEntry) as never } }) };
    const server = await startServer({}, { machines, logger });
    const [ann] = await server.users('Ann');
    ann.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await ann.next('error', { ref: 'one', code: 'internal' });
    ann.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await ann.next('message', { text: 'hello' });
    await ann.next('ack', { ref: 'one' });
  });

  it('still publishes the entry that was committed when it crashed', async () => {
    const { logger, crashes } = recordingLogger();
    const publishEntry = roomMachine.implementations.actions.publishEntry as (...args: never[]) => void;
    const machines = {
      room: roomMachine.provide({ actions: { publishEntry: once(publishEntry) as never } }),
    };
    const server = await startServer({}, { machines, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    ann.send({ type: 'message', room: 'general', text: 'hello', ref: 'one' });
    await ann.next('ack', { ref: 'one' });
    await bob.next('message', { text: 'hello' });
    const { body } = await server.get('/api/room/general/history');
    expect(body.map(({ text }: { text: string }) => text)).toEqual(['hello']);
    expect(crashes()).toMatchObject([{ actor: 'room:general', event: 'entry.committed' }]);
  });

  it('is not founded a second time', async () => {
    const { logger } = recordingLogger();
    const publishEntry = roomMachine.implementations.actions.publishEntry as (...args: never[]) => void;
    const machines = {
      room: roomMachine.provide({ actions: { publishEntry: once(publishEntry) as never } }),
    };
    const server = await startServer({}, { machines, logger });
    const [ann] = await server.users('Ann');
    const { history } = await ann.join('attic');
    expect(history.map(({ text }) => text)).toEqual(['Ann created the room']);
    await ann.say('attic', 'hello');
    const { body } = await server.get('/api/room/attic/history');
    expect(body.map(({ text }: { text: string }) => text)).toEqual(['Ann created the room', 'hello']);
  });

  it.each(['admitMember', 'renameMember'] as const)(
    'right behind %s does not tell of it twice',
    async (name) => {
      const { logger, crashes } = recordingLogger();
      const original = roomMachine.implementations.actions[name] as (...args: never[]) => void;
      let isFaulty = false;
      const faulty = (...args: never[]) => {
        original(...args);
        if (!isFaulty) return;
        isFaulty = false;
        boom();
      };
      const machines = { room: roomMachine.provide({ actions: { [name]: faulty as never } }) };
      const server = await startServer({}, { machines, logger });
      const [ann, bob] = await server.users('Ann', 'Bob');
      await ann.join('attic');
      await bob.join('attic');
      await ann.next('user_joined', { user: 'Bob' });
      isFaulty = true;
      if (name === 'admitMember') {
        await bob.join('random');
        await ann.join('random');
        await bob.next('user_joined', { room: 'random', count: 2 });
        await bob.expectNone('joined');
      } else {
        await bob.ask({ type: 'set_nick', name: 'Bea' });
        await ann.next('nick_changed', { room: 'attic', old_name: 'Bob', new_name: 'Bea' });
        await ann.next('nick_changed', { room: 'general', old_name: 'Bob', new_name: 'Bea' });
        await ann.expectNone('nick_changed');
      }
      expect(crashes()).toHaveLength(1);
    },
  );

  it('forgets who is typing, since nothing would end it', async () => {
    const { logger } = recordingLogger();
    const server = await startServer({}, { machines: { room: faulty }, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    ann.send({ type: 'typing', room: 'general', typing: true });
    await bob.next('typing', { user: 'Ann', typing: true });
    await bob.ask({ type: 'message', room: 'general', text: 'poison' });
    await bob.next('typing', { user: 'Ann', typing: false });
    expect((await server.get('/api/room/general/users')).body).toMatchObject([
      { name: 'Ann', typing: false },
      { name: 'Bob', typing: false },
    ]);
  });

  it('again and again keeps the rest of the server answering', async () => {
    const { logger, crashes } = recordingLogger();
    const server = await startServer({}, { machines: { room: faulty }, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    for (let i = 0; i < 3; i++) {
      ann.send({ type: 'message', room: 'attic', text: 'poison' });
      await ann.next('error', { code: 'internal' });
      await bob.say('general', `still here ${i}`);
    }
    await ann.say('attic', 'back');
    expect(crashes()).toHaveLength(3);
  });
});

describe('an actor that crashes again at once', () => {
  const appendEntry = roomMachine.implementations.actions.appendEntry as (...args: never[]) => void;
  const faulty = roomMachine.provide({
    actions: {
      appendEntry: (args, params) => {
        if (params.text === 'poison') boom();
        appendEntry(args as never, params as never);
      },
    },
  });

  it('is started again after a quarter of a second, and loses nothing that came meanwhile', async () => {
    const { logger } = recordingLogger();
    const clock = new SteppedClock();
    const server = await startServer({}, { machines: { room: faulty }, logger, clock });
    const [ann] = await server.users('Ann');
    await ann.join('random');
    for (let i = 0; i < 2; i++) {
      expect(await ann.ask({ type: 'message', room: 'random', text: 'poison' })).toMatchObject({
        code: 'internal',
      });
    }
    ann.send({ type: 'message', room: 'random', text: 'waits' });
    clock.increment(249);
    await ann.expectNone('message');
    clock.increment(1);
    await ann.next('message', { text: 'waits' });
  });

  it('is started again at once when some time has passed between', async () => {
    const { logger } = recordingLogger();
    const clock = new SteppedClock();
    const server = await startServer({}, { machines: { room: faulty }, logger, clock });
    const [ann] = await server.users('Ann');
    for (let i = 0; i < 3; i++) {
      expect(await ann.ask({ type: 'message', room: 'general', text: 'poison' })).toMatchObject({
        code: 'internal',
      });
      clock.increment(250);
    }
    await ann.say('general', 'back');
  });
});

describe('a session that crashes', () => {
  const answerHelp = () => boom();
  const faulty = sessionMachine.provide({ actions: { answerHelp } });

  it('is back with its name, its rooms and its connections', async () => {
    const { logger, crashes } = recordingLogger();
    const server = await startServer({}, { machines: { session: faulty }, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await ann.say('attic', 'before');
    const tab = await server.resume(ann);

    const answer = await ann.ask({ type: 'message', room: 'attic', text: '/help' });
    expect(answer).toMatchObject({ type: 'error', code: 'internal' });

    await ann.say('attic', 'after');
    await tab.next('message', { text: 'after' });
    await bob.say('general', 'hello');
    await ann.next('message', { text: 'hello', from: 'Bob' });
    bob.send({ type: 'pm', to: 'Ann', text: 'psst' });
    await ann.next('pm', { text: 'psst' });
    const again = await server.connect({ session: ann.me.session_id });
    expect(await again.next('resumed')).toMatchObject({ name: 'Ann', rooms: ['attic', 'general'] });
    expect(crashes()).toMatchObject([
      { actor: `session:${ann.me.user_id}`, event: 'message.post', err: { message: 'planted' } },
    ]);
  });

  it('while its user is away still ends when the grace is over', async () => {
    const { logger, crashes } = recordingLogger();
    const keepArrived = sessionMachine.implementations.actions.keepArrived as (...args: never[]) => void;
    const machines = {
      session: sessionMachine.provide({ actions: { keepArrived: once(keepArrived) as never } }),
    };
    const clock = new SteppedClock();
    const server = await startServer({}, { machines, logger, clock });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.drop();
    await server.untilAway(ann, 'Bob');
    ann.send({ type: 'pm', to: 'Bob', text: 'psst' });
    await ann.next('pm_sent');
    expect(crashes()).toMatchObject([{ event: 'private.arrived' }]);
    await clock.pass(30_000, ann);
    await ann.next('user_left', { user: 'Bob' });
    await ann.next('error', { code: 'pm_undelivered' });
  });
});

describe('a session that crashes on news of a connection', () => {
  const { forgetConnection, greet } = sessionMachine.implementations.actions as Record<
    string,
    (...args: never[]) => void
  >;

  it('still knows that it was lost', async () => {
    const { logger } = recordingLogger();
    const machines = {
      session: sessionMachine.provide({
        actions: { forgetConnection: once(forgetConnection as never) as never },
      }),
    };
    const server = await startServer({ PRESENCE_GRACE_MS: 50 }, { machines, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.drop();
    await ann.next('user_left', { user: 'Bob' });
  });

  it('still knows that it was lost when it can not hear of it at all', async () => {
    const { logger, crashes } = recordingLogger();
    const machines = { session: sessionMachine.provide({ actions: { forgetConnection: boom } }) };
    const server = await startServer({ PRESENCE_GRACE_MS: 50 }, { machines, logger });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.drop();
    await ann.next('user_left', { user: 'Bob' });
    const crash = { event: 'connection.lost' };
    expect(crashes()).toMatchObject([crash, crash]);
  });

  it('still greets it', async () => {
    const { logger } = recordingLogger();
    const machines = {
      session: sessionMachine.provide({ actions: { greet: once(greet as never) as never } }),
    };
    const server = await startServer({}, { machines, logger });
    await server.user('Ann');
  });

  it('closes it with 1011 when it can not, and frees the name', async () => {
    const { logger } = recordingLogger();
    let isFaulty = true;
    const faulty = (...args: never[]) => (isFaulty ? boom() : greet?.(...args));
    const machines = { session: sessionMachine.provide({ actions: { greet: faulty as never } }) };
    const server = await startServer({}, { machines, logger });
    const ann = await server.connect({ name: 'Ann' });
    expect(await ann.closed).toMatchObject({ code: 1011 });
    isFaulty = false;
    const nameGiven = async () => (await (await server.connect({ name: 'Ann' })).next('connected')).name;
    await expect.poll(nameGiven, { timeout: 5_000 }).toBe('Ann');
  });
});

describe('timers of an actor that crashes', () => {
  it('are set anew when it was one of them that it crashed on', async () => {
    const { logger, crashes } = recordingLogger();
    const appendEnd = sessionMachine.implementations.actions.appendEnd as (...args: never[]) => void;
    const machines = {
      session: sessionMachine.provide({ actions: { appendEnd: once(appendEnd) as never } }),
    };
    const clock = new SteppedClock();
    const server = await startServer({}, { machines, logger, clock });
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.drop();
    await server.untilAway(ann, 'Bob');
    await clock.pass(30_000, ann);
    expect(crashes()).toMatchObject([{ event: expect.stringMatching(/^xstate\.after/) }]);
    await clock.pass(29_999, ann);
    await ann.expectNone('user_left');
    clock.increment(1);
    await ann.next('user_left', { user: 'Bob' });
  });

  it('are set again: a large room goes on telling who comes and goes', async () => {
    const { logger } = recordingLogger();
    const tellOnce = once(
      roomMachine.implementations.actions.appendEntry as never,
      (_args: unknown, { text }: { text: string }) => text === 'poison',
    );
    const machines = { room: roomMachine.provide({ actions: { appendEntry: tellOnce as never } }) };
    const server = await startServer({}, { machines, logger });
    const ann = await server.user('Ann');
    for (let i = 0; i < 100; i++) await server.user(`User${i}`);
    await ann.next('presence');
    const late = await server.user('Late');
    ann.send({ type: 'message', room: 'general', text: 'poison' });
    await ann.next('error', { code: 'internal' });
    await ann.next('presence', ({ joined }) => joined.some(({ name }) => name === 'Late'));
    await late.close();
    await server.user('Later');
    await ann.next('presence', ({ joined }) => joined.some(({ name }) => name === 'Later'));
  });

  it('are made up for: what was gathered is pushed', async () => {
    const { logger } = recordingLogger();
    const machines = { stats: statsMachine.provide({ actions: { countRested: once(() => {}) as never } }) };
    const clock = new SteppedClock();
    const server = await startServer({}, { machines, logger, clock });
    const stream = await server.subscribe();
    const [ann, bob] = await server.users('Ann', 'Bob');
    await ann.join('attic');
    await ann.settle();
    expect(stream.of('room_created')).toEqual([]);
    await bob.drop();
    await stream.next('room_created', { room: 'attic' });
  });

  it('are made up for: a room size that was due is told', async () => {
    const { logger } = recordingLogger();
    const machines = { stats: statsMachine.provide({ actions: { countRested: once(() => {}) as never } }) };
    const server = await startServer({}, { machines, logger });
    const stream = await server.subscribe();
    const [, bob] = await server.users('Ann', 'Bob');
    await stream.next('room_updated', { room: 'general', users: 1 });
    await bob.drop();
    await stream.next('room_updated', { room: 'general', users: 2 });
  });
});

describe('statistics that crash', () => {
  it('are back with their counts, their kept events and their subscribers', async () => {
    const { logger, crashes } = recordingLogger();
    const machines = { stats: statsMachine.provide({ actions: { countRested: boom } }) };
    const server = await startServer({}, { machines, logger });
    const stream = await server.subscribe();
    const [ann, bob] = await server.users('Ann', 'Bob');
    await bob.drop();
    await server.untilAway(ann, 'Bob');
    await ann.say('general', 'hello');
    await ann.join('attic');
    await stream.next('room_created', { room: 'attic', created_by: 'Ann' });
    const { body } = await server.get('/api/stats');
    expect(body).toMatchObject({ users_online: 2, rooms_count: 4, messages_total: 1, sse_subscribers: 1 });
    // A fact is tried once more: what has happened should be counted.
    const crash = { actor: 'stats', event: 'session.rested' };
    expect(crashes()).toMatchObject([crash, crash]);
  });
});
