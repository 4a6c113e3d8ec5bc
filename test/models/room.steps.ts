import { expect } from 'vitest';
import type { SteppedClock } from '../support/clock.ts';
import type { TestServer } from '../support/server.ts';
import type { Person } from './person.ts';
import type { roomModel, Who } from './room.model.ts';
import type { standingRoomModel } from './standing-room.model.ts';
import type { Steps } from './walk.ts';

/** The server's own grace period. */
const GRACE_MS = 30_000;
const MOMENT_MS = 1;

/** Where a model of a room is walked: a server with a clock of its own, and two people. */
export interface RoomWorld {
  readonly server: TestServer;
  readonly clock: SteppedClock;
  readonly people: Readonly<Record<Who, Person>>;
  /** The name that all its writings come to. */
  readonly room: string;
  /** All that was said in it since it was created. */
  lines: string[];
}

interface Context {
  Ann: 'out' | 'in' | 'away';
  Bea: 'out' | 'in' | 'away';
}

/** What can be done in a room, of whichever kind. */
const acts = {
  async join(world: RoomWorld, { who, name }: { who: Who; name: string }, { answer }: { answer: string }) {
    expect(await world.people[who].join(name)).toBe(answer);
    const isNew = answer === 'joined' && world.room === 'attic' && world.lines.length === 0;
    if (isNew) world.lines.push(`${who} created the room`);
  },

  async leave(
    { people }: RoomWorld,
    { who, name }: { who: Who; name: string },
    { answer }: { answer: string },
  ) {
    expect(await people[who].leave(name)).toBe(answer);
  },

  async say(
    { people, lines }: RoomWorld,
    { who, text }: { who: Who; text: string },
    { answer }: { answer: string },
  ) {
    expect(await people[who].say(text)).toBe(answer);
    if (answer === 'ack') lines.push(text.replace(/^\/me/, `* ${who}`));
  },

  async goAway({ server, room, people }: RoomWorld, { who, how }: { who: Who; how: 'close' | 'drop' }) {
    await people[who].goAway(how);
    const status = async () => {
      const { body } = await server.get(`/api/room/${room}/users`);
      return body.find(({ name }: { name: string }) => name === who)?.status;
    };
    await expect.poll(status, { interval: 5, timeout: 10_000 }).toBe('away');
  },

  async comeBack({ people }: RoomWorld, { who, cursor }: { who: Who; cursor: 'newest' | 'none' }) {
    await people[who].comeBack(cursor);
  },

  async wait({ server, clock, people }: RoomWorld, { time }: { time: string }, after: Context) {
    const { body } = await server.get('/api/room/general/users');
    const away = body.filter(({ status }: { status: string }) => status === 'away');
    clock.increment(time === 'a moment' ? MOMENT_MS : GRACE_MS);
    for (const { name } of away) if (after[name as Who] === 'out') await people[name as Who].comeAnew();
  },
};

export const roomSteps: Steps<RoomWorld, (typeof roomModel)['machine']> = {
  executors: acts,
  assertions: {
    absent: isNowhere,
    created: stands,
    occupiedByOne: stands,
    occupiedByMany: stands,
    membersAway: standsForThoseAway,
    deleted: isNowhere,
    createdAgain: stands,
  },
};

export const standingRoomSteps: Steps<RoomWorld, (typeof standingRoomModel)['machine']> = {
  executors: acts,
  assertions: { untouched: stands, occupied: stands, memberAway: stands, emptied: stands },
};

/** The room is there for everybody to find, and its members see it as it is. */
async function stands({ server, room, people, lines }: RoomWorld, context: Context): Promise<void> {
  const members = (['Ann', 'Bea'] as const).filter((who) => context[who] !== 'out');
  const rooms = (await server.get('/api/rooms')).body;
  expect(rooms).toContainEqual(expect.objectContaining({ name: room, users: members.length }));
  const users = (await server.get(`/api/room/${room}/users`)).body;
  expect(users).toMatchObject(
    members.map((name) => ({ name, typing: false, status: context[name] === 'in' ? 'online' : 'away' })),
  );
  const history = (await server.get(`/api/room/${room}/history`)).body;
  expect(history.map(({ text }: { text: string }) => text)).toEqual(lines);

  for (const who of ['Ann', 'Bea'] as const) {
    if (context[who] === 'away') continue;
    const due = context[who] === 'in' ? { people: members, lines } : undefined;
    // A page takes a moment to show what a socket has brought.
    await expect.poll(() => people[who].look(), { interval: 20, timeout: 10_000 }).toEqual(due);
  }
}

/** And whoever is there goes on talking, so that the others have something to come back to. */
async function standsForThoseAway(world: RoomWorld, context: Context): Promise<void> {
  await stands(world, context);
  for (const who of ['Ann', 'Bea'] as const) {
    if (context[who] !== 'in') continue;
    await world.people[who].say('nobody here?');
    world.lines.push('nobody here?');
  }
}

/** Nobody finds the room, and nothing of an earlier one is left. */
async function isNowhere(world: RoomWorld): Promise<void> {
  const { server, room, people } = world;
  const rooms = (await server.get('/api/rooms')).body;
  expect(rooms.map(({ name }: { name: string }) => name)).toEqual(['general', 'help', 'random']);
  for (const what of ['users', 'history']) {
    expect((await server.get(`/api/room/${room}/${what}`)).status).toBe(404);
  }
  for (const person of Object.values(people)) {
    await expect.poll(() => person.look(), { interval: 20, timeout: 10_000 }).toBeUndefined();
  }
  world.lines = [];
}
