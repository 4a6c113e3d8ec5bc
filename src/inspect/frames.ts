/** Makes the frames of the feed out of what xstate tells. */
import type { AnyActor, AnyMachineSnapshot } from 'xstate';
import type { LivingActor } from '../actors/living.ts';
import { definitionOf } from './definition.ts';
import { feedId } from './life.ts';
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
    ...base('@xstate.actor', feedId(actor)),
    name: title,
    id: null,
    definition: definitionOf(actor),
    snapshot: snapshotView(actor.getSnapshot()),
    timers: timersOf(actor),
  };
}

/** Of these there are the most by far: what is the same in all of an actor's is made once. */
export function eventFrameMaker(sessionId: string) {
  const { createdAt: _, ...same } = base('@xstate.event', sessionId);
  const head = JSON.stringify(same).slice(0, -1);

  return (told: Pick<EventFrame, 'id' | 'event' | 'sourceId' | 'origin'>, createdAt: number): string =>
    `${head},"createdAt":"${createdAt}",${JSON.stringify(told).slice(1)}`;
}

export function snapshotFrame(
  actor: AnyActor,
  snapshot: AnyMachineSnapshot,
  { id, type }: { id: string | null; type: string },
  end?: Pick<SnapshotView, 'status' | 'error'>,
): SnapshotFrame {
  return {
    ...base('@xstate.snapshot', feedId(actor)),
    id,
    event: { type },
    snapshot: { ...snapshotView(snapshot), ...end },
    timers: end ? [] : timersOf(actor),
  };
}

function base<T extends string>(type: T, sessionId: string) {
  const stamp = { _version: WIRE_VERSION, createdAt: String(Date.now()) } as const;
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
