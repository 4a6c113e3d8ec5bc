import { expect, it } from 'vitest';
import { type AnyActor, createActor, type InspectionEvent, raise, setup } from 'xstate';
import { Living } from '../../src/actors/living.ts';
import { supervise } from '../../src/actors/supervise.ts';
import { SteppedClock } from '../support/clock.ts';

interface Note {
  type: 'note';
  text: string;
}

/** One of each kind that a step may be. */
function makeMachine(done: string[]) {
  return setup({
    types: {} as {
      events:
        | Note
        | {
            type:
              | 'flip'
              | 'inline'
              | 'both'
              | 'raise'
              | 'choose'
              | 'go'
              | 'back'
              | 'guarded'
              | 'stay'
              | 'move'
              | 'open'
              | 'shut'
              | 'enter'
              | 'dive'
              | 'reset'
              | 'settle';
          };
    },
    guards: { isLong: (_, { text }: { text: string }) => text.length > 3, never: () => false },
    delays: { soon: 1_000 },
    actions: {
      note: (_, { text }: { text: string }) => void done.push(text),
      flip: ({ event, self, system }) => {
        done.push(`${self.id} flipped on ${event.type}, ${system === self.system ? 'at home' : 'elsewhere'}`);
      },
      shut: () => void done.push('shut'),
      enter: () => void done.push('entered'),
      begin: () => void done.push('begun'),
      end: () => void done.push('ended'),
      choose: raise({ type: 'flip' }),
      stumble: () => {
        throw new Error('stumbled');
      },
    },
  }).createMachine({
    id: 'steps',
    initial: 'calm',
    entry: 'begin',
    exit: 'end',
    on: {
      open: '.open',
      settle: '.settled',
      reset: { target: '.settled', reenter: true },
      note: [
        {
          guard: { type: 'isLong', params: ({ event }) => event },
          actions: [
            { type: 'note', params: ({ event }) => event },
            { type: 'note', params: { text: 'fixed' } },
          ],
        },
        { actions: 'stumble' },
      ],
      flip: { actions: 'flip' },
      inline: { actions: () => void done.push('inline') },
      raise: { actions: [raise({ type: 'flip' }), 'flip'] },
      choose: { actions: 'choose' },
      both: { actions: ['flip', () => void done.push('inline')] },
      guarded: { guard: 'never', actions: 'flip' },
      stay: {},
    },
    states: {
      calm: { entry: 'flip', on: { flip: { actions: ['flip', 'flip'] }, go: 'restless' } },
      restless: {
        always: { guard: 'never', target: 'calm' },
        on: { back: { target: 'calm', actions: 'flip' } },
      },
      settled: {
        on: {
          back: 'calm',
          move: 'moved',
          enter: 'house',
          dive: '#steps.barn.floor',
          open: { target: 'open', actions: 'flip' },
        },
      },
      moved: { on: { back: 'settled' } },
      open: { exit: 'shut', on: { shut: 'settled' } },
      // Of these two something is done on entering the one itself, and what is in the other.
      barn: { initial: 'floor', entry: 'enter', states: { floor: { on: { shut: '#steps.settled' } } } },
      house: { initial: 'hall', states: { hall: { entry: 'flip', on: { shut: '#steps.settled' } } } },
    },
  });
}

const events = [
  ...(['flip', 'inline', 'both', 'raise', 'choose', 'guarded', 'stay', 'back', 'go'] as const),
  ...(['flip', 'inline', 'stay', 'guarded', 'back', 'stay', 'move', 'flip', 'back', 'go'] as const),
  ...(['move', 'move', 'move', 'go', 'flip', 'go', 'move', 'stay'] as const),
  ...(['back', 'open', 'shut', 'open', 'open', 'settle', 'settle', 'enter', 'shut', 'dive'] as const),
  ...(['reset', 'reset', 'open', 'reset', 'dive', 'flip', 'open', 'flip', 'shut'] as const),
  ...(['move', 'flip', 'back', 'move', 'reset', 'dive', 'shut', 'back', 'flip'] as const),
].map((type) => ({ type }));
const notes: Note[] = [
  { type: 'note', text: 'long enough' },
  { type: 'note', text: 'not' },
];

/** All that an inspector could see of it, as text. */
function words(inspected: InspectionEvent): string {
  const { _transitions = [] } = inspected as {
    _transitions?: { eventType: string; source: { id: string } }[];
  };
  const event = 'event' in inspected ? JSON.stringify(inspected.event) : '';
  const action = 'action' in inspected ? JSON.stringify(inspected.action) : '';
  const value = 'snapshot' in inspected ? JSON.stringify(inspected.snapshot) : '';
  const taken = _transitions.map(({ eventType, source }) => `${source.id} ${eventType}`);
  return [inspected.type, (inspected.actorRef as AnyActor).id, event, action, value, ...taken].join(' ');
}

it('is told, and ends, as if xstate had taken it', () => {
  const done: Record<'theirs' | 'ours', string[]> = { theirs: [], ours: [] };
  const told: Record<'theirs' | 'ours', string[]> = { theirs: [], ours: [] };
  const snapshots: Record<'theirs' | 'ours', unknown[]> = { theirs: [], ours: [] };
  const look = (whose: 'theirs' | 'ours') => (actor: AnyActor) => {
    actor.system.inspect((inspected) => told[whose].push(words(inspected)));
    actor.subscribe({ next: (snapshot) => snapshots[whose].push(snapshot.value), error: () => {} });
  };

  const theirs = createActor(makeMachine(done.theirs), { id: 'steps' });
  look('theirs')(theirs);
  theirs.start();
  const living = new Living();
  living.watcher = { began: ({ actor }) => look('ours')(actor), ended: () => {} };
  const ours = supervise({
    name: 'steps',
    living,
    machine: makeMachine(done.ours),
    clock: new SteppedClock(),
    input: (_, last) => (last ? new Promise<never>(() => {}) : undefined),
    crashed: () => {},
    ended: () => {},
  });
  for (const event of [...events, ...notes]) {
    theirs.send(event);
    ours.send(event);
  }

  expect(told.ours).toEqual(told.theirs);
  expect(done.ours).toEqual(done.theirs);
  expect(snapshots.ours).toEqual(snapshots.theirs);
  expect(told.ours.length).toBeGreaterThan(60);
  expect(ours.snapshot().status).toBe('error');
});
