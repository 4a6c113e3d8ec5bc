/** Makes the frames of the feed out of what xstate tells. */
import type { AnyActor, AnyMachineSnapshot } from 'xstate';
import type { LivingActor } from '../actors/living.ts';
import { definitionOf } from './definition.ts';
import { viewOf } from './view.ts';
import {
  type ActorFrame,
  type EventFrame,
  ROOT_ID,
  type SnapshotFrame,
  type SnapshotView,
  type TimerView,
  WIRE_VERSION,
} from './wire.ts';

export function actorFrame({ actor, title }: LivingActor): ActorFrame {
  return {
    ...base('@xstate.actor', actor.sessionId),
    name: title,
    id: null,
    definition: definitionOf(actor),
    snapshot: snapshotView(actor.getSnapshot()),
    timers: timersOf(actor),
  };
}

export function eventFrame(
  sessionId: string,
  told: Pick<EventFrame, 'id' | 'event' | 'sourceId' | 'origin'>,
  createdAt: number,
): EventFrame {
  return { ...base('@xstate.event', sessionId, createdAt), ...told };
}

export function snapshotFrame(
  actor: AnyActor,
  { id, type }: { id: string | null; type: string },
  end?: Pick<SnapshotView, 'status' | 'error'>,
): SnapshotFrame {
  return {
    ...base('@xstate.snapshot', actor.sessionId),
    id,
    event: { type },
    snapshot: { ...snapshotView(actor.getSnapshot()), ...end },
    timers: end ? [] : timersOf(actor),
  };
}

function base<T extends string>(type: T, sessionId: string, createdAt = Date.now()) {
  const stamp = { _version: WIRE_VERSION, createdAt: String(createdAt) } as const;
  return { type, ...stamp, rootId: ROOT_ID, sessionId } as const;
}

function snapshotView({ status, value, context, error }: AnyMachineSnapshot): SnapshotView {
  return {
    status,
    value: value ?? {},
    context: viewOf(context),
    ...(error === undefined ? {} : { error: viewOf(error) }),
  };
}

/** xstate notes when each began by the system's clock, whichever clock ends it. */
function timersOf(actor: AnyActor): TimerView[] {
  const now = Date.now();
  return Object.values(actor.system.getSnapshot()._scheduledEvents).map(({ event, delay, startedAt }) => ({
    event: event.type,
    delay,
    elapsed: Math.max(0, now - startedAt),
  }));
}
