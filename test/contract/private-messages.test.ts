import { describe, expect, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';

describe('a private message', () => {
  it('reaches its receiver, and comes back to its sender as pm_sent with the same id', async () => {
    const server = await startServer();
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    ann.send({ type: 'pm', to: 'Bea', text: '  psst ' });
    const pm = await bea.next('pm');
    expect(pm).toMatchObject({ from: 'Ann', text: 'psst' });
    expect(await ann.next('pm_sent')).toEqual({
      type: 'pm_sent',
      to: 'Bea',
      text: 'psst',
      ts: pm.ts,
      id: pm.id,
    });
    await cid.expectNone('pm');
    await ann.expectNone('pm');
    await bea.expectNone('pm_sent');
  });

  it('is in no history', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ type: 'pm', to: 'Bea', text: 'psst' });
    await bea.next('pm');
    expect((await server.get('/api/room/general/history')).body).toEqual([]);
  });

  it('needs no common room beyond general, and keeps the order', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    for (let i = 0; i < 20; i++) ann.send({ type: 'pm', to: 'Bea', text: `${i}` });
    for (let i = 0; i < 20; i++) expect((await bea.next('pm')).text).toBe(`${i}`);
  });

  it('shares the ids of the rooms', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann', 'Bea');
    const before = await ann.say('general', 'before');
    ann.send({ type: 'pm', to: 'Bea', text: 'between' });
    const between = await ann.next('pm_sent');
    const after = await ann.say('general', 'after');
    expect(between.id).toBeGreaterThan(before.id);
    expect(after.id).toBeGreaterThan(between.id);
  });

  it('goes to all connections of the receiver and of the sender', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    const ann2 = await server.resume(ann);
    const bea2 = await server.resume(bea);
    ann2.send({ type: 'pm', to: 'Bea', text: 'psst' });
    const pm = await bea.next('pm');
    expect(await bea2.next('pm')).toEqual(pm);
    expect(await ann.next('pm_sent')).toEqual(await ann2.next('pm_sent'));
  });

  it('to oneself comes as both pm and pm_sent', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    ann.send({ type: 'pm', to: 'Ann', text: 'remember' });
    const pm = await ann.next('pm');
    expect(pm).toMatchObject({ from: 'Ann', text: 'remember' });
    expect(await ann.next('pm_sent')).toMatchObject({ to: 'Ann', text: 'remember', id: pm.id });
  });

  it('to nobody is an error that names them', async () => {
    const server = await startServer();
    const [ann] = await server.users('Ann');
    expect(await ann.ask({ type: 'pm', to: 'Zoe', text: 'hi' })).toMatchObject({
      type: 'error',
      code: 'user_not_found',
      message: expect.stringContaining('Zoe'),
    });
    await ann.expectNone('pm_sent');
  });

  it('finds a user by the new name after a rename', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.ask({ type: 'set_nick', name: 'Zoë' });
    expect(await ann.ask({ type: 'pm', to: 'Bea', text: 'hi' })).toMatchObject({ code: 'user_not_found' });
    ann.send({ type: 'pm', to: 'Zoë', text: 'hi' });
    await bea.next('pm', { text: 'hi' });
    await ann.next('pm_sent', { to: 'Zoë' });
  });
});

it('a private message finds its receiver by what they called themselves, in any writing', async () => {
  const server = await startServer();
  const [ann] = await server.users('Ann');
  const bea = await server.user('Bea Lee');
  for (const to of ['Bea_Lee', 'bea_lee', 'Bea Lee', 'Ｂｅａ_Lee']) {
    ann.send({ type: 'pm', to, text: `hello ${to}` });
    await bea.next('pm', { text: `hello ${to}` });
    await ann.next('pm_sent', { to: 'Bea_Lee' });
  }
});

describe('a private message to someone who is away', () => {
  it('is kept, and delivered once when they resume', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    ann.send({ type: 'pm', to: 'Bea', text: 'one' });
    ann.send({ type: 'pm', to: 'Bea', text: 'two' });
    const first = await ann.next('pm_sent', { text: 'one' });
    await ann.next('pm_sent', { text: 'two' });
    const again = await server.resume(bea, bea.cursor);
    expect(await again.next('pm')).toEqual({
      type: 'pm',
      from: 'Ann',
      text: 'one',
      ts: first.ts,
      id: first.id,
    });
    await again.next('pm', { text: 'two' });
    await again.expectNone('pm');
    await ann.expectNone('error');
  });

  it('is reported to the sender as undelivered when they never come back', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    ann.send({ type: 'pm', to: 'Bea', text: 'one', ref: 'r1' });
    await ann.next('pm_sent');
    await ann.expectNone('error');
    await clock.pass(30_000, ann);
    await ann.next('user_left', { user: 'Bea' });
    expect(await ann.next('error')).toMatchObject({
      code: 'pm_undelivered',
      message: expect.stringContaining('Bea'),
      ref: 'r1',
    });
  });

  it('is reported once to a sender who is away too when it comes back', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    await clock.pass(20_000, ann, cid);
    await ann.ask({ type: 'pm', to: 'Bea', text: 'one' });
    await ann.close();
    await server.untilAway(cid, 'Ann');
    await clock.pass(10_000, cid);
    await cid.next('user_left', { user: 'Bea' });
    const again = await server.resume(ann);
    await again.next('error', { code: 'pm_undelivered' });
    await (await server.resume(ann)).expectNone('error');
  });

  it('is not reported when they did come back', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    ann.send({ type: 'pm', to: 'Bea', text: 'one' });
    await ann.next('pm_sent');
    const again = await server.resume(bea);
    await again.next('pm');
    await again.close();
    await server.untilAway(ann, 'Bea');
    await clock.pass(30_000, ann);
    await ann.next('user_left', { user: 'Bea' });
    await ann.expectNone('error');
  });

  it('that came while they were online is not reported either', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea] = await server.users('Ann', 'Bea');
    ann.send({ type: 'pm', to: 'Bea', text: 'one' });
    await bea.next('pm');
    await bea.close();
    await server.untilAway(ann, 'Bea');
    await clock.pass(30_000, ann);
    await ann.next('user_left', { user: 'Bea' });
    await ann.expectNone('error');
  });
});

describe('a private message that nobody will read', () => {
  it('comes back when it is crowded out by later ones', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await bea.drop();
    await server.untilAway(ann, 'Bea');
    for (let i = 0; i <= 100; i++) await ann.ask({ type: 'pm', to: 'Bea', text: `${i}` });
    const first = ann.frames.find(({ type }) => type === 'ack') as { ref: string };
    await ann.next('error', { code: 'pm_undelivered', ref: first.ref });
    await ann.expectNone('error');
    const again = await server.resume(bea);
    expect((await again.unread('pm')).map(({ text }) => text)).toEqual(
      Array.from({ length: 100 }, (_, i) => `${i + 1}`),
    );
  });

  it('is none that was read, nor one of one’s own', async () => {
    const server = await startServer();
    const [ann, bea] = await server.users('Ann', 'Bea');
    await ann.ask({ type: 'pm', to: 'Bea', text: 'hello' });
    for (let i = 0; i <= 100; i++) await bea.ask({ type: 'pm', to: 'Ann', text: `${i}` });
    await ann.expectNone('error');
    await bea.expectNone('error');
  });

  it('is told to a sender who was away meanwhile, when they come back', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    await bea.drop();
    await server.untilAway(cid, 'Bea');
    await ann.ask({ type: 'pm', to: 'Bea', text: 'psst' });
    await clock.pass(20_000, cid, ann);
    await ann.drop();
    await server.untilAway(cid, 'Ann');
    await clock.pass(10_000, cid);
    await cid.next('user_left', { user: 'Bea' });
    const again = await server.resume(ann);
    expect(await again.next('error')).toMatchObject({ code: 'pm_undelivered', ref: expect.any(String) });
    const later = await server.resume(ann);
    await later.expectNone('error');
  });

  it('troubles nobody when its sender is gone as well', async () => {
    const clock = new SteppedClock();
    const server = await startServer({}, { clock });
    const [ann, bea, cid] = await server.users('Ann', 'Bea', 'Cid');
    await bea.drop();
    await server.untilAway(cid, 'Bea');
    await ann.ask({ type: 'pm', to: 'Bea', text: 'psst' });
    ann.send({ type: 'quit' });
    await ann.closed;
    await clock.pass(30_000, cid);
    await cid.next('user_left', { user: 'Bea' });
    await cid.expectNone('error');
  });
});
