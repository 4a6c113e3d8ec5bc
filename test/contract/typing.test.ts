import { describe, expect, it } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

const typing = { type: 'typing', room: 'attic', typing: true };

describe('typing', () => {
  it('is shown to the other members', async () => {
    const { ann, bea, cid } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    expect(await bea.next('typing')).toEqual({ type: 'typing', room: 'attic', user: 'Ann', typing: true });
    await ann.expectNone('typing');
    await cid.expectNone('typing');
  });

  it('is seen in user lists', async () => {
    const { server, ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    await bea.next('typing');
    const users = [
      { name: 'Ann', typing: true },
      { name: 'Bea', typing: false },
    ];
    expect(await bea.ask({ type: 'get_users', room: 'attic' })).toMatchObject({ users });
    expect((await server.get('/api/room/attic/users')).body).toMatchObject(users);
    const [general] = (await server.get('/api/room/general/users')).body;
    expect(general).toMatchObject({ name: 'Ann', typing: false });
  });

  it('ends when its author says so', async () => {
    const { ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    ann.send({ ...typing, typing: false });
    await bea.next('typing', { typing: true });
    await bea.next('typing', { typing: false, user: 'Ann', room: 'attic' });
  });

  it.each([
    ['a message', 'done', 'message'],
    ['an action', '/me is done', 'action'],
  ])('ends before %s of its author', async (_, text, type) => {
    const { ann, bea } = await threeOfWhomTwoInAttic();
    const frames = await bea.during(async () => {
      ann.send(typing);
      ann.send({ type: 'message', room: 'attic', text });
      await bea.next(type as 'message' | 'action');
    });
    expect(frames).toMatchObject([
      { type: 'typing', typing: true },
      { type: 'typing', typing: false },
      { type },
    ]);
  });

  it('goes on when its author posts in another room', async () => {
    const { ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    await ann.say('general', 'elsewhere');
    await bea.next('typing', { typing: true });
    await bea.next('message', { room: 'general' });
    await bea.expectNone('typing');
  });

  it('ends when its author leaves', async () => {
    const { ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    await ann.leave('attic');
    await bea.next('typing', { typing: true });
    await bea.next('typing', { typing: false, user: 'Ann' });
    await ann.join('attic');
    const list = await bea.ask({ type: 'get_users', room: 'attic' });
    expect(list).toMatchObject({ users: [{ name: 'Ann', typing: false }, {}] });
  });

  it('ends when its author goes away, and nothing else is announced', async () => {
    const { server, ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    await bea.next('typing', { typing: true });
    const before = bea.frames.length;
    await ann.close();
    await bea.next('typing', { typing: false, user: 'Ann', room: 'attic' });
    await server.untilAway(bea, 'Ann');
    const since = bea.frames.slice(before).filter(({ type }) => type !== 'user_list');
    expect(since).toEqual([{ type: 'typing', room: 'attic', user: 'Ann', typing: false }]);
  });

  it('ends by itself after 30 s, counted from the last renewal', async () => {
    const clock = new SteppedClock();
    const { ann, bea } = await threeOfWhomTwoInAttic(clock);
    ann.send(typing);
    await bea.next('typing', { typing: true });
    await clock.pass(20_000, ann, bea);
    ann.send(typing);
    await ann.settle();
    await clock.pass(20_000, ann, bea);
    await bea.expectNone('typing', { typing: false });
    await clock.pass(10_000, ann, bea);
    await bea.next('typing', { typing: false, user: 'Ann' });
  });

  it('ends for each by itself', async () => {
    const clock = new SteppedClock();
    const { ann, bea } = await threeOfWhomTwoInAttic(clock);
    ann.send(typing);
    await bea.next('typing', { user: 'Ann', typing: true });
    await clock.pass(10_000, ann, bea);
    bea.send(typing);
    await ann.next('typing', { user: 'Bea', typing: true });
    await clock.pass(20_000, ann, bea);
    await bea.next('typing', { user: 'Ann', typing: false });
    await ann.expectNone('typing');
    await clock.pass(10_000, ann, bea);
    await ann.next('typing', { user: 'Bea', typing: false });
  });

  it('ends after TYPING_EXPIRY_MS', async () => {
    const server = await startServer({ TYPING_EXPIRY_MS: 50 });
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ ...typing, room: 'general' });
    await bea.next('typing', { typing: true });
    await bea.next('typing', { typing: false });
  });

  it('is refused in a room one is not in, and shown to nobody', async () => {
    const { ann, bea, cid } = await threeOfWhomTwoInAttic();
    expect(await cid.ask(typing)).toMatchObject({ type: 'error', code: 'not_in_room' });
    await ann.expectNone('typing');
    await bea.expectNone('typing');
  });

  it('is gone with its author', async () => {
    const { ann, bea } = await threeOfWhomTwoInAttic();
    ann.send(typing);
    ann.send({ type: 'quit' });
    await bea.next('user_left', { room: 'attic' });
    const list = await bea.ask({ type: 'get_users', room: 'attic' });
    expect(list).toMatchObject({ users: [{ name: 'Bea', typing: false }], count: 1 });
  });
});

async function threeOfWhomTwoInAttic(clock?: SteppedClock) {
  const server = await startServer({}, clock ? { clock } : {});
  const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
  await ann.join('attic');
  await bea.join('attic');
  const all: ChatClient[] = [ann, bea, cid];
  for (const client of all) await client.forget();
  return { server, ann, bea, cid };
}
