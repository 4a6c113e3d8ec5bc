/**
 * What rooms and sessions tell the statistics; the tense says that it has happened. `id` is that of the record by
 * which it did, undefined when that could not be stored.
 */
export type StatsFact =
  | { type: 'session.begun'; user: string; id: number }
  | { type: 'session.rested' }
  | { type: 'session.returned' }
  | { type: 'session.ended'; user: string; from: 'online' | 'away'; id: number | undefined }
  | { type: 'room.created'; room: string; by: string; id: number }
  | { type: 'room.deleted'; room: string; id: number }
  | { type: 'room.resized'; room: string; users: number };

/** Somebody who reads the event stream; the transport implements it. */
export interface Subscriber {
  /** @param text of `text/event-stream`, whole events */
  send(text: string): void;
}

export type StatsRequest =
  | { type: 'subscriber.join'; subscriber: Subscriber; lastEventId: string | undefined }
  | { type: 'subscriber.leave'; subscriber: Subscriber };

/** What the statistics remind themselves of. */
export type StatsReminder = { type: 'feed.filled' } | { type: 'room.due'; room: string };

export type StatsEvent = StatsFact | StatsRequest | StatsReminder;
