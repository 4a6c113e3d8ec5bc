import type {
  ActorFrame,
  EventFrame,
  FeedFrame,
  SnapshotFrame,
  StateValue,
  StepFrame,
} from '../../src/inspect/wire.ts';

// Frames of the feed as a server would make them, for the tests of what the page makes of them.

export const START = Date.UTC(2026, 0, 31, 12);

const DEFINITION = JSON.stringify({
  id: 'room',
  initial: 'empty',
  states: {
    empty: { on: { 'member.join': { target: 'occupied' } } },
    occupied: {},
    closed: { type: 'final' },
  },
});

const common = (at: number) =>
  ({ _version: '0.7.2', rootId: 'troupe', createdAt: String(START + at) }) as const;

export function hello(life = 'first'): FeedFrame {
  return { type: '@troupe.hello', version: '1.2.3', life, now: START, isPrivateShown: false };
}

export function list(rows: [string, string, string][], rest = 0, isFirst = true): FeedFrame {
  return { type: '@troupe.list', isFirst, rows, rest };
}

export function rows(
  changed: [string, string, string][],
  ended: [string, 'done' | 'error' | 'stopped'][] = [],
): FeedFrame {
  return { type: '@troupe.rows', rows: changed, ended };
}

export function actor(
  sessionId: string,
  name: string,
  value: StateValue,
  context: unknown = {},
  more: Partial<ActorFrame> & { at?: number } = {},
): ActorFrame {
  const { at = 0, ...fields } = more;
  return {
    ...common(at),
    type: '@xstate.actor',
    sessionId,
    name,
    id: null,
    definition: DEFINITION,
    snapshot: { status: 'active', value, context },
    timers: [],
    ...fields,
  };
}

export function event(
  id: string,
  sessionId: string,
  sent: EventFrame['event'] & Record<string, unknown>,
  more: Partial<EventFrame> & { at?: number } = {},
): EventFrame {
  const { at = 0, ...fields } = more;
  return { ...common(at), type: '@xstate.event', sessionId, id, event: sent, ...fields };
}

export function step(
  eventId: string | null,
  sessionId: string,
  name: string,
  from: StateValue | null,
  to: StateValue,
  at = 0,
): StepFrame {
  return {
    type: '@troupe.step',
    sessionId,
    createdAt: String(START + at),
    eventId,
    event: name,
    from,
    to,
    transitions: [{ source: 'room', target: [], event: name, index: 0 }],
  };
}

export function snapshot(
  sessionId: string,
  value: StateValue,
  context: unknown,
  more: Partial<SnapshotFrame> & { at?: number; status?: 'active' | 'done' | 'error' | 'stopped' } = {},
): SnapshotFrame {
  const { at = 0, status = 'active', ...fields } = more;
  return {
    ...common(at),
    type: '@xstate.snapshot',
    sessionId,
    id: null,
    event: { type: 'x' },
    snapshot: { status, value, context },
    timers: [],
    ...fields,
  };
}
