import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createActor, setup } from 'xstate';
import { Living } from '../../src/actors/living.ts';
import { currentSender, inNameOf } from '../../src/actors/sender.ts';
import { supervise } from '../../src/actors/supervise.ts';
import { SteppedClock } from '../support/clock.ts';

const PAUSE_MS = 250;

/** An actor that stumbles over what it is told to, and all that is told of it. */
function walker({ stumblesOnBeginning = 0, stumblesOnReturning = 0, findsNothing = 0 } = {}) {
  let left = stumblesOnBeginning;
  let leftToReturn = stumblesOnReturning;
  let leftToFind = findsNothing;
  const machine = setup({
    types: {} as { events: { type: 'step' } | { type: 'stumble.asked'; asker: object } | { type: 'arrive' } },
    actions: {
      begin: () => {
        const isReturning = told.includes('began');
        told.push('began');
        if (left-- > 0 || (isReturning && leftToReturn-- > 0)) throw new Error('stumbled');
      },
      step: () => void told.push('stepped'),
      stumble: () => {
        throw new Error('stumbled');
      },
    },
  }).createMachine({
    initial: 'walking',
    states: {
      walking: {
        entry: 'begin',
        on: { step: { actions: 'step' }, 'stumble.asked': { actions: 'stumble' }, arrive: 'there' },
      },
      there: { type: 'final' },
    },
  });
  const told: string[] = [];
  const reported: string[] = [];
  const clock = new SteppedClock();
  const living = new Living();
  living.watcher = {
    began: ({ actor }) => {
      actor.system.inspect((inspected) => {
        if (inspected.type === '@xstate.event' && inspected.event.type === 'step') {
          told.push(`told by ${currentSender()?.actor.id}`);
        }
      });
    },
    ended: (_, status, error) => told.push(`${status} ${(error as Error | undefined)?.message ?? ''}`.trim()),
  };
  const actor = supervise({
    name: 'walker',
    living,
    machine,
    clock,
    input: (_, last) => {
      if (last && leftToFind-- > 0) throw new Error('nothing found');
    },
    crashed: ({ actor, event, error }) => {
      told.push(`crashed on ${event}`);
      reported.push(`${actor}: ${(error as Error | undefined)?.message}`);
    },
    ended: () => told.push('ended'),
  });
  const refused: object[] = [];
  const asker = { refuse: (what: object) => refused.push(what) };
  const stumble = () => actor.send({ type: 'stumble.asked', asker });
  return { actor, told, reported, clock, stumble, refused, living };
}

it('begins again when it crashes on its beginning', async () => {
  const { told, living } = walker({ stumblesOnBeginning: 1 });
  await turn();
  expect(told).toEqual(['began', 'crashed on xstate.init', 'error stumbled', 'began']);
  expect([...living]).toHaveLength(1);
});

it('tells whoever asked once, though it stumbles on beginning again as well', async () => {
  const { told, clock, stumble, refused } = walker({ stumblesOnReturning: 1 });
  stumble();
  await turn();
  expect(told.splice(1)).toEqual([
    ...['crashed on stumble.asked', 'error stumbled', 'began'],
    ...['crashed on xstate.init', 'error stumbled'],
  ]);
  clock.increment(PAUSE_MS);
  await turn();
  expect(told).toEqual(['began', 'began']);
  expect(refused).toHaveLength(1);
});

it('begins again at once, and after a pause when it has crashed just before', async () => {
  const { told, clock, stumble, refused } = walker();
  stumble();
  await turn();
  const crash = ['crashed on stumble.asked', 'error stumbled'];
  expect(told).toEqual(['began', ...crash, 'began']);
  clock.increment(PAUSE_MS - 1);
  stumble();
  await turn();
  clock.increment(PAUSE_MS - 1);
  await turn();
  expect(told.splice(0)).toEqual(['began', ...crash, 'began', ...crash]);
  clock.increment(1);
  await turn();
  expect(told.splice(0)).toEqual(['began']);
  stumble();
  await turn();
  expect(told.splice(0)).toEqual([...crash, 'began']);
  expect(refused).toHaveLength(3);
});

it('tries again, after a pause, when it can not even find out where to begin', async () => {
  const { told, reported, clock, stumble } = walker({ findsNothing: 2 });
  stumble();
  await turn();
  expect(told.splice(0)).toEqual([
    'began',
    'crashed on stumble.asked',
    'error stumbled',
    'crashed on restart',
  ]);
  clock.increment(PAUSE_MS - 1);
  await turn();
  expect(told).toEqual([]);
  clock.increment(1);
  await turn();
  expect(told.splice(0)).toEqual(['crashed on restart']);
  expect(reported).toEqual(['walker: stumbled', 'walker: nothing found', 'walker: nothing found']);
  clock.increment(PAUSE_MS);
  await turn();
  expect(told).toEqual(['began']);
});

it('hears what came while it was away, each from whoever sent it', async () => {
  const { actor, told, clock, stumble } = walker();
  stumble();
  await turn();
  stumble();
  told.length = 0;
  const sender = createActor(setup({}).createMachine({}), { id: 'friend' });
  inNameOf({ actor: sender }, () => actor.send({ type: 'step' }));
  actor.send({ type: 'step' });
  expect(told.splice(0)).toEqual([]);
  clock.increment(PAUSE_MS);
  await turn();
  expect(told).toEqual(['began', 'told by friend', 'stepped', 'told by undefined', 'stepped']);
});

it('stays away when it is stopped before it has begun again', async () => {
  const { actor, told, clock, stumble, living } = walker();
  stumble();
  await turn();
  stumble();
  actor.send({ type: 'step' });
  actor.stop();
  told.length = 0;
  clock.increment(PAUSE_MS);
  await turn();
  expect(told).toEqual([]);
  expect([...living]).toEqual([]);
});

it('says once how it ended, and does nothing afterwards', () => {
  const { actor, told } = walker();
  actor.send({ type: 'step' });
  actor.send({ type: 'arrive' });
  actor.send({ type: 'step' });
  actor.stop();
  expect(told).toEqual(['began', 'told by undefined', 'stepped', 'done', 'ended']);
});
