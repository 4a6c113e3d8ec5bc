/** What must be true of the town after every step. */
import type { ServerFrame } from '../../../src/protocol/server-frames.ts';
import { HISTORY_KEPT } from './contract.ts';
import { type Citizen, type Expected, fold } from './expected.ts';
import type { Line } from './line.ts';
import type { Town } from './town.ts';

/** @param turn counts the steps; each looks closer at another room */
export async function faultsIn({ expected, lines, observer }: Town, turn: number): Promise<string[]> {
  const names = [...expected.rooms.keys()].sort();
  const room = names[turn % names.length] as string;
  const [roomList, lobby, users, history] = await Promise.all([
    observer.ask({ type: 'get_rooms' }),
    observer.ask({ type: 'get_users', room: 'general' }),
    observer.ask({ type: 'get_users', room }),
    observer.ask({ type: 'get_history', room }),
  ]);
  return [
    ...inRooms(expected, roomList),
    ...inUsers(expected, 'general', lobby),
    ...inUsers(expected, room, users),
    ...inHistory(expected, room, history),
    ...inNames(expected),
    ...lines.flatMap((line) =>
      inLine(expected, line).map((fault) => `${line.label} (${line.name}) ${fault}`),
    ),
  ];
}

/** A room is there when it has a member, and when it always is; nothing else is. */
function inRooms({ rooms }: Expected, told: ServerFrame): string[] {
  const due = [...rooms].map(([name, { members }]) => `${name}:${members.size}`).sort();
  const got =
    told.type === 'room_list' ? told.rooms.map(({ name, users }) => `${name}:${users}`) : [told.type];
  return differ('the rooms are', due, got);
}

/** Presence has converged: everybody is listed where they are, under their name, as they are. */
function inUsers({ rooms }: Expected, room: string, told: ServerFrame): string[] {
  const due = [...(rooms.get(room)?.members ?? [])].map((citizen) => describe(citizen, room)).sort();
  const got =
    told.type === 'user_list'
      ? told.users.map(({ name, id, typing, status }) => `${name} ${id} ${status}${typing ? ' typing' : ''}`)
      : [told.type];
  return differ(`the users of ${room} are`, due, got.sort());
}

function describe({ name, userId, awaySince, typing }: Citizen, room: string): string {
  return `${name} ${userId} ${awaySince === undefined ? 'online' : 'away'}${typing.has(room) ? ' typing' : ''}`;
}

/** Everything that was acknowledged is there, once, in order. */
function inHistory(expected: Expected, room: string, told: ServerFrame): string[] {
  const due = expected.history(room).map(({ id, text }) => `${id} ${text}`);
  const got = told.type === 'history' ? told.messages.map(({ id, text }) => `${id} ${text}`) : [told.type];
  return differ(`the history of ${room} is`, due, got);
}

function inNames({ citizens }: Expected): string[] {
  const names = citizens.map(({ name }) => fold(name));
  return new Set(names).size === names.length ? [] : [`names are not unique: ${names}`];
}

/** What a connection was told, taken together, is what is true. */
function inLine(
  { rooms }: Expected,
  { citizen, name, since, privatesSince, rooms: told, privates, due: unread, undelivered }: Line,
): string[] {
  const due = citizen.privates.filter(({ id }) => id > privatesSince);
  return [
    ...differ('is called', [citizen.name], [name]),
    ...differ('is in', [...citizen.rooms].sort(), [...told.keys()].sort()),
    ...differ(
      'got the private messages',
      due.map(({ key }) => key),
      privates,
    ),
    ...differ('was told that nobody had read', unread.toSorted(), undelivered.toSorted()),
    ...[...told].flatMap(([room, { newest, members }]) => {
      const { entries = [], members: real = [] } = rooms.get(room) ?? {};
      const last = entries.at(-1)?.id ?? 0;
      const faults = last > newest && last > since ? [`never got ${last} of ${room}, only ${newest}`] : [];
      if (!members) return faults;
      const listed = [...real].map(
        (each) => `${each.name}${each !== citizen && each.typing.has(room) ? ' typing' : ''}`,
      );
      const known = [...members].map(
        ([each, typing]) => `${each}${each !== name && typing ? ' typing' : ''}`,
      );
      return [...faults, ...differ(`knows in ${room}`, listed.sort(), known.sort())];
    }),
  ];
}

function differ(what: string, due: string[], got: string[]): string[] {
  if (due.length === got.length && due.every((each, i) => each === got[i])) return [];
  return [`${what} ${short(got)}, and should be ${short(due)}`];
}

function short(items: string[]): string {
  return JSON.stringify(items.length > HISTORY_KEPT / 5 ? items.slice(-HISTORY_KEPT / 5) : items);
}
