/**
 * What goes over `/ws/inspect`. Frames whose type begins with `@xstate.` are those of `@statelyai/inspect` 0.7, with
 * a few fields more, which its receivers pass over; those that begin with `@troupe.` are ours, and only a viewer
 * that speaks our side of it gets them.
 */
import { z } from 'zod';

/** The release of `@statelyai/inspect` whose frames these are. */
export const WIRE_VERSION = '0.7.2';

/** All actors of the server are one system; no actor bears this id. */
export const ROOT_ID = 'troupe';

interface XStateFrame {
  _version: typeof WIRE_VERSION;
  /** Milliseconds since the epoch, as text. */
  createdAt: string;
  rootId: typeof ROOT_ID;
  /** The actor's own, never used again, in no later process either. */
  sessionId: string;
}

/** An actor that lives: when a viewer first hears of it, and again when its name has changed. */
export interface ActorFrame extends XStateFrame {
  type: '@xstate.actor';
  /** `room:general`, `session:Ann`, `stats`. */
  name: string;
  id: null;
  /** The whole machine, as JSON. */
  definition: string;
  snapshot: SnapshotView;
  /** (ours) */
  timers: TimerView[];
}

/** Something was sent to an actor. */
export interface EventFrame extends XStateFrame {
  type: '@xstate.event';
  /** As unique; `@troupe.step` names it. */
  id: string;
  event: { type: string };
  /** The actor that sent it; an actor's own timer is sent by itself. Absent when it came from outside. */
  sourceId?: string;
  /** (ours) Where it came from when that was no actor, or what made the actor send it. */
  origin?: Origin;
}

/** `client` with the public id of its user, `page` with the tag of a chat page that is being inspected too. */
export type Origin = 'journal' | `client:${string}` | `page:${string}`;

/** What an actor has become; many changes within 100 ms make one of these. */
export interface SnapshotFrame extends XStateFrame {
  type: '@xstate.snapshot';
  /** That of the last event. */
  id: string | null;
  event: { type: string };
  snapshot: SnapshotView;
  /** (ours) */
  timers: TimerView[];
}

export interface SnapshotView {
  status: 'active' | 'done' | 'error' | 'stopped';
  value: StateValue;
  context: unknown;
  error?: unknown;
}

export type StateValue = string | { [region: string]: StateValue };

/** A delay that is running. */
export interface TimerView {
  /** The type of the event that it will bring; `xstate.after.<delay>.<state's id>` for an `after`. */
  event: string;
  /** Milliseconds in all, and of these gone when the frame was made. */
  delay: number;
  elapsed: number;
}

/** The first frame to a viewer that asked for the list. */
export interface HelloFrame {
  type: '@troupe.hello';
  /** Of the server. */
  version: string;
  /** Names the server's process; another one when it has been started again, and then all earlier actors are gone. */
  life: string;
  /** Milliseconds since the epoch, to tell how far the viewer's clock is off. */
  now: number;
  /** Whether the text of private messages is shown. */
  isPrivateShown: boolean;
}

/** `sessionId`, name, state (`occupied`; `watched.feed.calm, watched.report.waiting`). */
export type Row = [sessionId: string, name: string, state: string];

/** The living actors, in as many pieces as it takes; sent anew to a viewer that was too slow for its changes. */
export interface ListFrame {
  type: '@troupe.list';
  /** What was listed before is gone. */
  isFirst: boolean;
  rows: Row[];
  /** How many are still to come. */
  rest: number;
}

/** What has changed in the list, gathered for 250 ms. A row with a known `sessionId` takes the old one's place. */
export interface RowsFrame {
  type: '@troupe.rows';
  rows: Row[];
  ended: [sessionId: string, status: 'done' | 'error' | 'stopped'][];
}

/** An event has been dealt with: what a small part of a snapshot, too small to be gathered, says at once. */
export interface StepFrame {
  type: '@troupe.step';
  sessionId: string;
  createdAt: string;
  /** Of the event's frame; null for the actor's start. */
  eventId: string | null;
  /** The event's type. */
  event: string;
  from: StateValue | null;
  to: StateValue;
  /** Those taken, in their order; none when the event changed nothing. */
  transitions: TransitionView[];
}

export interface TransitionView {
  /** Ids of states: `room.occupied`. */
  source: string;
  target: string[];
  /** The descriptor that it stands under in `on`, `xstate.after…` for an `after`, `''` for an `always`. */
  event: string;
  /** Which of several under the same descriptor; from 0. */
  index: number;
}

/** The viewer reads too slowly: so many events and steps were left out before the next frame. */
export interface LostFrame {
  type: '@troupe.lost';
  count: number;
}

/** The viewer sent something that is not understood. */
export interface ErrorFrame {
  type: '@troupe.error';
  message: string;
}

export type OfficialFrame = ActorFrame | EventFrame | SnapshotFrame;
export type FeedFrame =
  | OfficialFrame
  | HelloFrame
  | ListFrame
  | RowsFrame
  | StepFrame
  | LostFrame
  | ErrorFrame;

/**
 * All that a viewer may say: which actors it wants, and what of them. A new subscription takes the old one's place.
 * An actor is named by its name, its `sessionId`, `room:*` for all of a kind, or `*`; one that begins later counts.
 */
export const subscription = z.strictObject({
  type: z.literal('subscribe'),
  actors: z.array(z.string().min(1).max(200)).max(1_000),
  kinds: z.array(z.enum(['event', 'snapshot', 'step'])).default(['event', 'snapshot', 'step']),
});
export type Subscription = z.output<typeof subscription>;
