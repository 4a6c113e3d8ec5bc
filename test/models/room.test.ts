import { describe, it } from 'vitest';
import { SteppedClock } from '../support/clock.ts';
import { startServer } from '../support/server.ts';
import { pathsToWalk } from './paths-to-walk.ts';
import { roomModel } from './room.model.ts';
import { type RoomWorld, roomSteps, standingRoomSteps } from './room.steps.ts';
import { SocketPerson } from './socket-person.ts';
import { standingRoomModel } from './standing-room.model.ts';
import { PATIENCE, walk } from './walk.ts';

describe('the life of a room', () => {
  it.each(pathsToWalk(roomModel))('%s', { timeout: PATIENCE }, async (_title, path) => {
    await walk(path, await worldWith('attic'), roomSteps);
  });
});

describe('the life of a standing room', () => {
  it.each(pathsToWalk(standingRoomModel))('%s', { timeout: PATIENCE }, async (_title, path) => {
    await walk(path, await worldWith('random'), standingRoomSteps);
  });
});

async function worldWith(room: string): Promise<RoomWorld> {
  const clock = new SteppedClock();
  const server = await startServer({}, { clock });
  const Ann = await SocketPerson.of('Ann', server, room);
  const Bea = await SocketPerson.of('Bea', server, room);
  return { server, clock, room, people: { Ann, Bea }, lines: [] };
}
