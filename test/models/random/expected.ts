import type { Entry } from '../../../src/protocol/entities.ts';
import { HISTORY_KEPT, LOBBY, PRIVATES_KEPT, STANDING_ROOMS, TYPING_EXPIRY } from './contract.ts';

/** Somebody with a session: there, or away. */
export interface Citizen {
  readonly userId: string;
  readonly secret: string;
  name: string;
  readonly rooms: Set<string>;
  /** The rooms in which they are seen typing, and until when. */
  readonly typing: Map<string, number>;
  /** The private messages that they sent and got, in the order of their ids. */
  readonly privates: Private[];
  /** What they sent and nobody has read, by its ref, of which they are still to be told. */
  notices: string[];
  /** How far the connections had read that they have lost, rising. */
  readonly seen: number[];
  /** Since when nobody is at a connection of theirs; undefined while somebody is. */
  awaySince: number | undefined;
  /** What they sent last that was acknowledged. */
  lastSend: { frame: object; ref: string; id: number } | undefined;
}

export interface Private {
  readonly key: string;
  readonly id: number;
  /** Who must be told if nobody ever reads it; undefined when it needs no reader any more. */
  unread: { from: Citizen; ref: string } | undefined;
}

export interface Room {
  readonly members: Set<Citizen>;
  /** The last of what has been said since the room was created. */
  readonly entries: Entry[];
}

/**
 * What must be true of the town, by the contract: the model of the random walk. It knows what each act comes to, and
 * learns from the clients only what no rule decides: ids, and in which order things happened that were done at once.
 */
export class Expected {
  readonly citizens: Citizen[] = [];
  readonly rooms = new Map<string, Room>(STANDING_ROOMS.map((name) => [name, emptyRoom()]));

  arrive(identity: Pick<Citizen, 'userId' | 'secret' | 'name'>): Citizen {
    const citizen: Citizen = {
      ...identity,
      rooms: new Set(),
      typing: new Map(),
      privates: [],
      notices: [],
      seen: [],
      awaySince: undefined,
      lastSend: undefined,
    };
    this.citizens.push(citizen);
    this.enter(citizen, LOBBY);
    return citizen;
  }

  enter(citizen: Citizen, name: string): void {
    const room = this.rooms.get(name) ?? emptyRoom();
    this.rooms.set(name, room);
    room.members.add(citizen);
    citizen.rooms.add(name);
  }

  /** A room that users made goes with the last of its members. */
  leave(citizen: Citizen, name: string): void {
    const room = this.rooms.get(name);
    room?.members.delete(citizen);
    citizen.rooms.delete(name);
    citizen.typing.delete(name);
    if (room?.members.size === 0 && !isStanding(name)) this.rooms.delete(name);
  }

  type(citizen: Citizen, room: string, isTyping: boolean, now: number): void {
    if (isTyping) citizen.typing.set(room, now + TYPING_EXPIRY);
    else citizen.typing.delete(room);
  }

  /** A private message between two is each one's own; of those kept, the oldest make room unread. */
  whisper(from: Citizen, to: Citizen, { id, ref }: { id: number; ref: string }): void {
    file(from, { key: `pm_sent:${id}`, id, unread: undefined });
    file(to, { key: `pm:${id}`, id, unread: to.awaySince === undefined ? undefined : { from, ref } });
  }

  /** Somebody is at a connection of theirs again, and is told all that waited. */
  wake(citizen: Citizen): void {
    citizen.awaySince = undefined;
    for (const each of citizen.privates) each.unread = undefined;
  }

  rest(citizen: Citizen, now: number): void {
    citizen.awaySince = now;
    citizen.typing.clear();
  }

  /** The server has begun anew: all are away from then on, and what they were yet to be told of is forgotten. */
  restart(now: number): void {
    for (const citizen of this.citizens) {
      this.rest(citizen, now);
      citizen.notices = [];
    }
  }

  end(citizen: Citizen): void {
    for (const room of [...citizen.rooms]) this.leave(citizen, room);
    for (const each of citizen.privates) giveBack(each);
    this.citizens.splice(this.citizens.indexOf(citizen), 1);
  }

  /** What the passing of time alone brings about. */
  pass(now: number, graceMs: number): void {
    for (const citizen of [...this.citizens]) {
      for (const [room, until] of citizen.typing) if (until <= now) citizen.typing.delete(room);
      if (citizen.awaySince !== undefined && citizen.awaySince + graceMs <= now) this.end(citizen);
    }
  }

  bearer(name: string): Citizen | undefined {
    return this.citizens.find((citizen) => fold(citizen.name) === fold(name));
  }

  /** Everything that a room still has. */
  history(room: string): Entry[] {
    return this.rooms.get(room)?.entries.slice(-HISTORY_KEPT) ?? [];
  }
}

export function fold(name: string): string {
  return name.toLowerCase();
}

export function isStanding(room: string): boolean {
  return (STANDING_ROOMS as readonly string[]).includes(room);
}

function emptyRoom(): Room {
  return { members: new Set(), entries: [] };
}

function file({ privates }: Citizen, message: Private): void {
  privates.push(message);
  privates.sort((a, b) => a.id - b.id);
  for (const each of privates.slice(0, -PRIVATES_KEPT)) giveBack(each);
}

function giveBack(message: Private): void {
  const { unread } = message;
  unread?.from.notices.push(unread.ref);
  message.unread = undefined;
}
