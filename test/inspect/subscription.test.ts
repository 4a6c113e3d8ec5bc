import { expect, it } from 'vitest';
import { startServer } from '../support/server.ts';
import { openFeed } from './viewer.ts';

it('gets what it names and nothing of others', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  await ann.join('attic');
  const viewer = await openFeed(server);
  const attic = await viewer.watch('room:attic');
  expect(attic.snapshot).toMatchObject({ status: 'active', value: 'occupied' });

  await ann.say('general', 'not here');
  await ann.say('attic', 'here');
  expect(await viewer.event('message.post')).toMatchObject({
    sessionId: attic.sessionId,
    event: { kind: 'message', text: 'here', author: { name: 'Ann' } },
  });
  const { id } = await viewer.event('entry.committed');
  expect(await viewer.step('entry.committed')).toMatchObject({
    eventId: id,
    from: 'occupied',
    to: 'occupied',
  });
  const others = viewer.frames.filter((frame) => 'sessionId' in frame && frame.sessionId !== attic.sessionId);
  expect(others).toEqual([]);
});

it('gets only the kinds that it names', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  viewer.send({ type: 'subscribe', actors: ['room:general'], kinds: ['step'] });
  await viewer.next('@xstate.actor');
  await ann.say('general', 'one');
  await viewer.step('entry.committed');
  await ann.say('general', 'two');
  await viewer.step('entry.committed');
  const kinds = new Set(viewer.frames.map(({ type }) => type));
  expect(kinds).not.toContain('@xstate.event');
  expect(kinds).not.toContain('@xstate.snapshot');
});

it('names the transitions that a step took', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  await ann.join('attic');
  const viewer = await openFeed(server);
  const { sessionId } = await viewer.watch('room:attic');
  await ann.leave('attic');
  expect(await viewer.step('leave.committed')).toMatchObject({
    sessionId,
    from: 'occupied',
    to: 'closed',
    transitions: [
      { source: 'room.occupied', target: ['room.empty'], event: 'leave.committed', index: 0 },
      { source: 'room.empty', target: ['room.closed'], event: '', index: 0 },
    ],
  });
  const end = await viewer.next('@xstate.snapshot', ({ snapshot }) => snapshot.status === 'done');
  expect(end.snapshot.value).toBe('closed');
});

it('shows delays that are running', async () => {
  const server = await startServer({ INSPECT: true, TYPING_EXPIRY_MS: 20_000, PRESENCE_GRACE_MS: 25_000 });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const viewer = await openFeed(server);
  await viewer.watch('room:general');
  ann.send({ type: 'typing', room: 'general', typing: true });
  const { timers } = await viewer.next('@xstate.snapshot', (frame) => frame.timers.length > 0);
  expect(timers).toEqual([{ event: 'typing.expired', delay: 20_000, elapsed: expect.any(Number) }]);
  await viewer.watch('session:Bob');
  bob.socket.close();
  const away = await viewer.next('@xstate.snapshot', ({ snapshot }) => snapshot.value === 'away');
  expect(away.timers).toMatchObject([{ event: 'xstate.after.presenceGrace.session.away', delay: 25_000 }]);
  expect(away.timers[0]?.elapsed).toBeLessThan(10_000);
});

it('counts for actors that begin later, by name and by kind, from their first event on', async () => {
  const server = await startServer({ INSPECT: true });
  const viewer = await openFeed(server);
  viewer.subscribe('room:attic', 'session:*');
  const [ann] = await server.users('Ann');
  const session = await viewer.next('@xstate.actor', ({ name }) => name === 'session:Ann');
  expect((await viewer.event('connection.opened')).sessionId).toBe(session.sessionId);
  await ann.join('attic');
  await ann.join('cellar');
  const attic = await viewer.next('@xstate.actor', ({ name }) => name === 'room:attic');
  expect((await viewer.event('member.join')).sessionId).toBe(attic.sessionId);
  await viewer.next('@troupe.rows', ({ rows }) => rows.some(([, name]) => name === 'room:cellar'));
  const shown = viewer.frames
    .filter((frame) => frame.type === '@xstate.actor')
    .map((frame) => 'name' in frame && frame.name);
  expect(shown).toEqual(['session:Ann', 'room:attic']);
});

it('introduces an actor again under its new name', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  const first = await viewer.watch('session:Ann');
  viewer.subscribe(first.sessionId);
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  const again = await viewer.next('@xstate.actor', ({ name }) => name === 'session:Anna');
  expect(again.sessionId).toBe(first.sessionId);
});

it('goes by the name that an actor bears by now', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  await viewer.watch('session:Ann');
  viewer.subscribe('session:Ann', 'session:Cy');
  await ann.ask({ type: 'set_nick', name: 'Anna' });
  await viewer.next('@troupe.rows', ({ rows }) => rows.some(([, name]) => name === 'session:Anna'));
  await ann.say('general', 'unseen');
  await ann.ask({ type: 'set_nick', name: 'Cy' });
  await viewer.next('@xstate.actor', ({ name }) => name === 'session:Cy');
  await ann.say('general', 'seen');
  await viewer.next('@xstate.event', ({ event }) => 'text' in event && event.text === 'seen');
  expect(JSON.stringify(viewer.frames)).not.toContain('unseen');
});

it('takes the place of the one before', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  const general = await viewer.watch('room:general');
  await viewer.watch('session:Ann');
  const seen = viewer.frames.length;
  await ann.say('general', 'unseen');
  await viewer.event('message.post');
  const later = viewer.frames.slice(seen).filter((frame) => 'sessionId' in frame);
  expect(later.length).toBeGreaterThan(0);
  expect(later.filter((frame) => 'sessionId' in frame && frame.sessionId === general.sessionId)).toEqual([]);
});

it('says what is understood when a viewer says anything else, and gives up on one that goes on', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  await viewer.next('@troupe.hello');
  for (const frame of [
    'nonsense',
    JSON.stringify({
      type: '@xstate.event',
      sessionId: 'x:0',
      event: { type: 'room.deleted', room: 'general' },
    }),
    JSON.stringify({ type: 'message', room: 'general', text: 'injected' }),
    JSON.stringify({ type: 'subscribe', actors: 'all' }),
    JSON.stringify({ type: 'subscribe', actors: ['*'], kinds: ['secrets'] }),
    Buffer.from(JSON.stringify({ type: 'subscribe', actors: ['*'] })),
  ]) {
    viewer.socket.send(frame);
    expect((await viewer.next('@troupe.error')).message).toContain('subscribe');
  }
  expect(await ann.unread('message')).toEqual([]);
  expect(viewer.frames.some(({ type }) => type.startsWith('@xstate.'))).toBe(false);
  for (let i = 0; i < 20; i++) viewer.socket.send('nonsense');
  expect(await viewer.closed).toBe(1008);
});

it('tells when each thing happened, and of which event a snapshot is', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  const general = await viewer.watch('room:general');
  expect(general.snapshot.context).not.toHaveProperty('world');
  const begun = Date.now();
  await ann.say('general', 'hello');
  const event = await viewer.event('entry.committed');
  const step = await viewer.step('entry.committed');
  const snapshot = await viewer.next('@xstate.snapshot', (frame) => frame.event.type === 'entry.committed');
  expect(snapshot.id).toBe(event.id);
  for (const { type, createdAt } of [event, step, snapshot]) {
    expect(createdAt, type).toMatch(/^\d{13}$/);
    expect(Number(createdAt), type).toBeGreaterThanOrEqual(begun);
    expect(Number(createdAt), type).toBeLessThanOrEqual(Date.now());
  }
});

it('tells how much of a delay is over', async () => {
  const server = await startServer({ INSPECT: true, TYPING_EXPIRY_MS: 20_000 });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const viewer = await openFeed(server);
  const begun = Date.now();
  ann.send({ type: 'typing', room: 'general', typing: true });
  await bob.next('typing');
  const elapsed = async () => {
    await viewer.watch('stats');
    return (await viewer.watch('room:general')).timers[0]?.elapsed;
  };
  await expect.poll(elapsed).toBeGreaterThan(0);
  expect(await elapsed()).toBeLessThanOrEqual(Date.now() - begun);
});

it('names the one of several transitions that was taken', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann, bob] = await server.users('Ann', 'Bob');
  await ann.join('attic');
  await bob.join('attic');
  const viewer = await openFeed(server);
  await viewer.watch('room:attic');
  await ann.leave('attic');
  expect((await viewer.step('leave.committed')).transitions).toEqual([
    { source: 'room.occupied', target: [], event: 'leave.committed', index: 1 },
  ]);
});

it('shows of a beginning its event alone, and of an end no delay', async () => {
  const server = await startServer({ INSPECT: true });
  const [ann] = await server.users('Ann');
  const viewer = await openFeed(server);
  viewer.subscribe('room:attic');
  await ann.join('attic');
  expect((await viewer.event('xstate.init')).event).toEqual({ type: 'xstate.init' });
  ann.send({ type: 'typing', room: 'attic', typing: true });
  await viewer.next('@xstate.snapshot', ({ timers }) => timers.length > 0);
  await ann.leave('attic');
  const end = await viewer.next('@xstate.snapshot', ({ snapshot }) => snapshot.status === 'done');
  expect(end.timers).toEqual([]);
});

it('names the page that an event came from, where that is inspected too', async () => {
  const server = await startServer({ INSPECT: true });
  const viewer = await openFeed(server);
  viewer.subscribe('session:*');
  const ann = await server.connect({ name: 'Ann', inspect: 'tab12345' });
  await ann.next('joined');
  expect(await viewer.event('connection.opened')).toMatchObject({ origin: 'page:tab12345' });
});

it.each(['short', 'too-long-for-a-tag', 'tab12345!', ' tab12345', 'x'.repeat(17), 'TAB12345'])(
  'takes "%s" for no name of a page',
  async (inspect) => {
    const server = await startServer({ INSPECT: true });
    const viewer = await openFeed(server);
    viewer.subscribe('session:*');
    const ann = await server.connect({ name: 'Ann', inspect });
    await ann.next('joined');
    expect(await viewer.event('connection.opened')).toMatchObject({
      origin: expect.stringMatching(/^client:/),
    });
  },
);
