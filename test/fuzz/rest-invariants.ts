/** What must be true of the server as anybody sees it, and fit what its clients were told. */
import type { Entry, RoomSummary, Stats, User } from '../../src/protocol/entities.ts';
import { HISTORY_KEPT, STANDING_ROOMS } from '../../src/protocol/limits.ts';
import { foldName } from '../../src/protocol/names.ts';
import { checkList } from './membership.ts';
import type { Stage } from './stage.ts';

/** @param turn counts the checks; each looks at the history of another room */
export async function checkRest(stage: Stage, turn: number): Promise<void> {
  const [rooms, stats] = await Promise.all([
    stage.get<RoomSummary[]>('/api/rooms'),
    stage.get<Stats>('/api/stats'),
  ]);
  const pathOf = (room: string) => `/api/room/${encodeURIComponent(room)}`;
  const lists = rooms.map(async ({ name, users }) => {
    const all = users === 0 ? [] : await stage.get<User[]>(`${pathOf(name)}/users`);
    return [name, all] as const;
  });
  const users = new Map(await Promise.all(lists));
  checkRooms(stage, rooms, users);
  checkNames(stage, [...users.values()].flat());
  checkMembers(stage, users);
  checkStats(stage, stats, rooms.length);
  const { name } = rooms[turn % rooms.length] as RoomSummary;
  checkHistory(stage, name, await stage.get<Entry[]>(`${pathOf(name)}/history`));
}

/** A room exists because it always does or because somebody is in it. */
function checkRooms(stage: Stage, rooms: RoomSummary[], users: Map<string, User[]>): void {
  const names = rooms.map(({ name }) => name);
  if (names.join() !== [...new Set(names)].sort().join()) stage.complain(`the rooms are listed as ${names}`);
  for (const name of STANDING_ROOMS) if (!users.has(name)) stage.complain(`${name} is gone`);
  for (const { name, users: count } of rooms) {
    const listed = users.get(name) ?? [];
    if (count !== listed.length)
      stage.complain(`${name} is said to have ${count} users, and has ${listed.length}`);
    const isStanding = (STANDING_ROOMS as readonly string[]).includes(name);
    if (count === 0 && !isStanding) stage.complain(`${name} has no members and still exists`);
    checkList(listed, (what) => stage.complain(`${what} in ${name}`));
  }
}

/** One name a user, one user a name, whatever the room. */
function checkNames(stage: Stage, users: User[]): void {
  const byName = new Map<string, string>();
  const byId = new Map<string, string>();
  for (const { id, name } of users) {
    const bearer = byName.get(foldName(name)) ?? id;
    if (bearer !== id) stage.complain(`two users are called ${name}`);
    byName.set(foldName(name), id);
    const other = byId.get(id) ?? name;
    if (other !== name) stage.complain(`one user is called ${name} and ${other}`);
    byId.set(id, name);
  }
}

/** A member's rooms and a room's members agree. */
function checkMembers(stage: Stage, users: Map<string, User[]>): void {
  const now = stage.clock.now();
  for (const session of stage.sessions) {
    const { userId, name } = session;
    const listedIn = [...users]
      .filter(([, all]) => all.some(({ id }) => id === userId))
      .map(([room]) => room);
    if (session.isOver(now)) {
      if (listedIn.length > 0) stage.complain(`${name} is over and still in ${listedIn}`);
      continue;
    }
    for (const { label, rooms, name } of session.open) {
      const told = [...rooms.keys()].sort();
      if (told.join() !== listedIn.sort().join()) {
        stage.complain(`${label} (${name}) was told to be in ${told}, and is in ${listedIn}`);
      }
      for (const [room, { members }] of rooms)
        if (members) checkTold(stage, label, room, members, users.get(room), name);
    }
    for (const user of [...users.values()].flat()) {
      if (user.id !== userId) continue;
      if (session.isOnline && user.name !== name) stage.complain(`${name} is listed as ${user.name}`);
      const status = session.isOnline ? 'online' : 'away';
      if (user.status !== status) stage.complain(`${name} is ${status}, and listed as ${user.status}`);
    }
  }
  const known = new Set(stage.sessions.map(({ userId }) => userId));
  for (const { id } of [...users.values()].flat()) if (!known.has(id)) stage.complain(`nobody is ${id}`);
}

function checkTold(
  stage: Stage,
  label: string,
  room: string,
  members: Map<string, boolean>,
  users: User[] = [],
  self: string,
): void {
  const told = [...members].map(([name, typing]) => (name === self ? name : `${name}:${typing}`)).sort();
  const listed = users.map(({ name, typing }) => (name === self ? name : `${name}:${typing}`)).sort();
  if (told.join() !== listed.join()) stage.complain(`${label} knows ${room} as ${told}, and it is ${listed}`);
}

/** The last entries, in order: all that anybody was told, and perhaps what nobody stayed to hear. */
function checkHistory(stage: Stage, room: string, entries: Entry[]): void {
  for (const entry of entries) stage.chronicle.note(room, entry);
  const ids = entries.map(({ id }) => id).join();
  const due = stage.chronicle.current(room).slice(-HISTORY_KEPT).join();
  if (ids !== due) stage.complain(`the history of ${room} should be ${due} and is ${ids}`);
}

function checkStats(stage: Stage, stats: Stats, rooms: number): void {
  const now = stage.clock.now();
  const due = {
    users_online: stage.sessions.filter(({ isOnline }) => isOnline).length,
    users_away: stage.sessions.filter((session) => session.isAway(now)).length,
    connections: stage.open().length,
    rooms_count: rooms,
  };
  for (const [name, value] of Object.entries(due)) {
    const told = stats[name as keyof Stats];
    if (told !== value) stage.complain(`${name} should be ${value} and is ${told}`);
  }
}
