import { expect, it } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import type { ActorFrame, EventFrame } from '../../src/inspect/wire.ts';
import { createLogger } from '../../src/log.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { OfficialViewer } from './receiver.ts';

const STANDING = { 'room:help': 'empty', 'room:random': 'empty', stats: 'unwatched' };

it('shows every living actor to a viewer who comes after 1,000 events, and what follows', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann, bob] = await server.users('Ann', 'Bob');
  await ann.join('attic');
  for (let i = 0; i < 500; i++) await ann.say('attic', `line ${i}`);

  const viewer = new OfficialViewer(server);
  const before = {
    ...STANDING,
    'room:general': 'occupied',
    'room:attic': 'occupied',
    'session:Ann': 'online',
    'session:Bob': 'online',
  };
  await viewer.sees(before);

  await bob.join('attic');
  await ann.leave('attic');
  await bob.ask({ type: 'leave', room: 'attic' });
  const cy = await server.user('Cy');
  cy.send({ type: 'quit' });
  await cy.closed;
  const { 'room:attic': _, ...after } = before;
  await viewer.sees(after);
  expect(viewer.violations).toEqual([]);
});

it('shows all of them as one system, each with its whole machine', async () => {
  const server = await startServer({ INSPECT: true });
  await server.user('Ann');
  const viewer = new OfficialViewer(server);
  await viewer.sees({ ...STANDING, 'room:general': 'occupied', 'session:Ann': 'online' });
  expect(new Set(viewer.frames.map(({ rootId }) => rootId)).size).toBe(1);
  for (const [name, machine] of [
    ['room:general', roomMachine],
    ['stats', statsMachine],
  ] as const) {
    const actor = actorNamed(viewer, name);
    expect(actor).toMatchObject({
      _version: '0.7.2',
      id: null,
      createdAt: expect.stringMatching(/^\d{13}$/),
    });
    const definition = JSON.parse(actor.definition);
    const expected = JSON.parse(
      JSON.stringify(machine.config, (_key, value) =>
        typeof value === 'function' ? { type: value.name } : value,
      ),
    );
    expect(definition).toEqual(expected);
    expect(actor.definition).not.toContain('...');
  }
});

it('names the true sender of each event', async () => {
  const clock = new SteppedClock();
  const server = await startServer({ INSPECT: true, PRESENCE_GRACE_MS: 30_000 }, { clock });
  const viewer = await watching(server);
  const [ann, bob] = await server.users('Ann', 'Bob');
  await ann.join('attic');
  await ann.say('attic', 'hello');
  bob.send({ type: 'pm', to: 'Ann', text: 'psst' });
  await ann.next('pm');
  await bob.ask({ type: 'set_nick', name: 'Rob' });
  await viewer.sees({
    ...STANDING,
    'room:general': 'occupied',
    'room:attic': 'occupied',
    'session:Ann': 'online',
    'session:Rob': 'online',
  });

  const senders = (type: string) =>
    (viewer.sent(type) as EventFrame[]).map(({ sourceId, origin, sessionId }) => ({
      to: viewer.nameOf(sessionId),
      from: viewer.nameOf(sourceId) ?? origin,
      ...(sourceId && origin ? { toldBy: origin } : {}),
    }));
  expect(senders('room.join')).toEqual([{ from: `client:${ann.me.user_id}`, to: 'session:Ann' }]);
  expect(senders('message.post')).toEqual([
    { from: `client:${ann.me.user_id}`, to: 'session:Ann' },
    { from: 'session:Ann', to: 'room:attic' },
  ]);
  expect(senders('entry.committed')).toContainEqual({
    from: 'room:attic',
    to: 'room:attic',
    toldBy: 'journal',
  });
  expect(senders('room.resized')).toContainEqual({ from: 'room:attic', to: 'stats' });
  expect(senders('private.arrived')).toEqual([{ from: 'session:Rob', to: 'session:Ann', toldBy: 'journal' }]);
  expect(senders('member.rename')).toEqual([{ from: 'session:Rob', to: 'room:general' }]);
  expect(senders('xstate.init')).toContainEqual({ from: 'session:Ann', to: 'room:attic' });

  bob.socket.close();
  await server.untilAway(ann, 'Rob');
  await clock.pass(30_000, ann);
  await ann.next('user_left', { user: 'Rob' });
  const grace = 'xstate.after.presenceGrace.session.away';
  await expect.poll(() => viewer.sent(grace)).toHaveLength(1);
  const [{ sourceId, sessionId }] = viewer.sent(grace) as [EventFrame];
  expect(sourceId).toBe(sessionId);
});

it('tells of an actor that dies by a bug, and of the one that takes over', async () => {
  const faulty = roomMachine.provide({
    actions: {
      showTyping: () => {
        throw new Error('planted');
      },
    },
  });
  const parts = { machines: { room: faulty }, logger: createLogger('silent') };
  const server = await startServer({ INSPECT: true }, parts);
  const [ann] = await server.users('Ann');
  const viewer = await watching(server);
  await expect.poll(() => viewer.states['room:general']).toBe('occupied');
  const first = actorNamed(viewer, 'room:general');
  ann.send({ type: 'typing', room: 'general', typing: true });
  await expect
    .poll(() => viewer.frames.find((frame) => frame.sessionId === first.sessionId && isDeath(frame)))
    .toMatchObject({ snapshot: { status: 'error', error: 'Error: planted' } });
  await expect.poll(() => viewer.states['room:general']).toBe('occupied');
  expect(actorNamed(viewer, 'room:general').sessionId).not.toBe(first.sessionId);
});

it('gathers the changes of an actor in few snapshots, and tells each event', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await watching(server);
  const begun = performance.now();
  for (let i = 0; i < 200; i++) ann.send({ type: 'message', room: 'general', text: `line ${i}` });
  await expect.poll(() => viewer.sent('entry.committed')).toHaveLength(200);
  const { sessionId } = actorNamed(viewer, 'room:general');
  const newest = () =>
    viewer.frames.filter((frame) => frame.type === '@xstate.snapshot' && frame.sessionId === sessionId);
  await expect
    .poll(() => newest().at(-1))
    .toMatchObject({ snapshot: { context: { history: { entries: 100 } } } });
  expect(newest().length).toBeLessThanOrEqual(1 + Math.ceil((performance.now() - begun) / 100));
});

async function watching(server: TestServer): Promise<OfficialViewer> {
  const viewer = new OfficialViewer(server);
  await expect.poll(() => viewer.states).toHaveProperty('stats');
  await expect.poll(() => viewer.states).toHaveProperty('room:random');
  return viewer;
}

/** The newest that bears a name. */
function actorNamed({ frames }: OfficialViewer, name: string): ActorFrame {
  const found = frames.findLast((frame) => frame.type === '@xstate.actor' && frame.name === name);
  expect(found).toBeDefined();
  return found as ActorFrame;
}

function isDeath(frame: object): boolean {
  return (frame as { snapshot?: { status: string } }).snapshot?.status === 'error';
}
