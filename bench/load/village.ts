import type { Client } from './client.ts';
import type { Crowd } from './crowd.ts';

const MEMBERS = 10;
/** Each client is in so many rooms: one a membership would need more sockets than a process may have. */
const ROOMS_EACH = 5;
/** Rooms in which something happens at the same time. */
const AT_ONCE = 50;
/** Rooms that people are let into at the same time. */
const FILLING_AT_ONCE = 100;

export const deeds = ['message', 'typing', 'presence', 'private'] as const;
export type Deed = (typeof deeds)[number];

interface Room {
  name: string;
  number: number;
  members: Client[];
}

/** Many small rooms, and people who are in several of them. */
export class Village {
  readonly #crowd: Crowd;
  readonly #rooms: Room[] = [];
  #next = 0;

  /** @returns how many clients so many rooms need */
  static population(rooms: number): number {
    return (rooms * MEMBERS) / ROOMS_EACH;
  }

  constructor(crowd: Crowd) {
    this.#crowd = crowd;
  }

  async settle(rooms: number): Promise<void> {
    while (this.#rooms.length < rooms) {
      const some = Array.from({ length: FILLING_AT_ONCE }, (_, i) => this.#room(this.#rooms.length + i));
      this.#rooms.push(...some);
      await this.#crowd.until('joined', some.length * MEMBERS, () => {
        for (const { name, members } of some) {
          for (const member of members) member.send({ type: 'join', room: name });
        }
      });
    }
    await this.#crowd.settle();
  }

  /**
   * Has the same happen in some rooms at once; resolves when all who are to know of it do.
   * @returns how many deeds that were
   */
  async live(deed: Deed): Promise<number> {
    const rooms = Array.from(
      { length: AT_ONCE },
      () => this.#rooms[this.#next++ % this.#rooms.length] as Room,
    );
    const steps = STEPS[deed];
    for (const { type, receivers, act } of steps) {
      await this.#crowd.until(type, rooms.length * receivers, () => {
        for (const room of rooms) act(room, this.#crowd);
      });
    }
    return rooms.length * steps.length;
  }

  #room(number: number): Room {
    const { clients, size } = this.#crowd;
    const members = Array.from({ length: MEMBERS }, (_, seat) => {
      const membership = number * MEMBERS + seat;
      // A stride that grows, so that the rooms of one person are not all with the same people.
      const stride = 2 * Math.floor(membership / size) + 1;
      return clients[(membership * stride) % size] as Client;
    });
    return { name: `room-${String(number).padStart(4, '0')}`, number, members };
  }
}

interface Step {
  /** What those who are to know of it get. */
  type: string;
  receivers: number;
  act(room: Room, crowd: Crowd): void;
}

const OTHERS = MEMBERS - 1;

const STEPS: Record<Deed, Step[]> = {
  message: [
    {
      type: 'message',
      receivers: MEMBERS,
      act: ({ name, number, members: [author] }, crowd) =>
        crowd.say(author as Client, name, 1, { roomNumber: number }),
    },
  ],
  typing: [true, false].map((typing) => ({
    type: 'typing',
    receivers: OTHERS,
    act: ({ name, members }) => members[0]?.send({ type: 'typing', room: name, typing }),
  })),
  presence: [
    {
      type: 'user_left',
      receivers: OTHERS,
      act: ({ name, members }) => members[0]?.send({ type: 'leave', room: name }),
    },
    {
      type: 'user_joined',
      receivers: OTHERS,
      act: ({ name, members }) => members[0]?.send({ type: 'join', room: name }),
    },
  ],
  private: [
    {
      type: 'pm',
      receivers: 1,
      act: ({ members: [author, other] }) =>
        author?.send({ type: 'pm', to: other?.name ?? '', text: 'lorem ipsum dolor sit amet '.repeat(4) }),
    },
  ],
};
