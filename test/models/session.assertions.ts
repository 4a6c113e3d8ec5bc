import { expect } from 'vitest';
import type { ChatClient } from '../support/client.ts';
import type { sessionModel } from './session.model.ts';
import type { SessionWorld } from './session-world.ts';
import type { Steps } from './walk.ts';

/** What can be seen of a session in each of its states. */
export const sessionAssertions: Steps<SessionWorld, (typeof sessionModel)['machine']>['assertions'] = {
  connecting: isNobody,
  refused: isNobody,
  online: isPresent,
  onlineInSeveral: isPresent,
  renamed: isPresent,
  resumed: isPresent,
  rateLimited: isHeardNoMore,
  away: isAway,
  tooSlow: isAway,
  ended: isNobody,
};

/** What is said reaches every connection, and what one says from any of them reaches the others. */
async function isPresent(world: SessionWorld): Promise<void> {
  const { bea, connections, name } = world;
  expect(await world.status()).toBe('online');
  expect(await world.seenByBea()).toEqual([name]);
  await world.untilConnections(connections.length + 1);
  const said = await bea.say('general', 'can you hear me?');
  for (const client of connections) expect(await client.next('message', { id: said.id })).toEqual(said);
  for (const client of connections) {
    const { id } = await client.say('general', 'I can');
    expect(await bea.next('message', { id })).toMatchObject({ from: name });
  }
}

/** Refused until the time has passed, with everything but signs of life; what others say still comes. */
async function isHeardNoMore(world: SessionWorld): Promise<void> {
  const [client] = world.connections as [ChatClient];
  const refused = await client.ask({ type: 'message', room: 'general', text: 'and another thing' });
  expect(refused).toMatchObject({ type: 'error', code: 'rate_limited', retry_after: expect.any(Number) });
  await client.settle();
  const said = await world.bea.say('general', 'not so fast');
  expect(await client.next('message', { id: said.id })).toEqual(said);
  expect(await world.status()).toBe('online');
}

async function isAway(world: SessionWorld): Promise<void> {
  await world.untilStatus('away');
  expect(await world.seenByBea()).toEqual([world.name]);
  const { body } = await world.server.get('/api/stats');
  expect(body).toMatchObject({ connections: 1, users_online: 1, users_away: 1 });
  // So that there is something to come back to.
  await world.bea.say('general', 'too bad that you are away');
  await world.write('call me');
}

async function isNobody(world: SessionWorld): Promise<void> {
  expect(await world.seenByBea()).toEqual([]);
  expect(await world.status()).toBe('gone');
  const { body } = await world.server.get('/api/stats');
  expect(body).toMatchObject({ users_online: 1, users_away: 0 });
}
