import type { Who } from './room.model.ts';
import type { StandingRoomAnswer } from './standing-room.model.ts';

/** What somebody sees of the room that they are in. */
export interface RoomView {
  /** The names of its members. */
  people: string[];
  /** What has been said, from the first line on. */
  lines: string[];
}

/**
 * One of the people of the room model, whichever way they come in: over a socket, or through the page in a browser.
 * Each method does what it says and waits until it has happened.
 */
export interface Person {
  readonly name: Who;
  join(name: string): Promise<StandingRoomAnswer>;
  leave(name: string): Promise<StandingRoomAnswer>;
  say(text: string): Promise<StandingRoomAnswer>;
  goAway(how: 'close' | 'drop'): Promise<void>;
  /** @param cursor whether they say how far they have read */
  comeBack(cursor: 'newest' | 'none'): Promise<void>;
  /** Comes as somebody new: the session they had is over. */
  comeAnew(): Promise<void>;
  /** What they see of the room at the moment; undefined when they are not in it. */
  look(): Promise<RoomView | undefined>;
}
