import { pino } from 'pino';
import { expect, it } from 'vitest';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { startServer } from '../support/server.ts';
import { openFeed } from './viewer.ts';

it('a bug in the looking is logged, and harms neither the server nor the look at others', async () => {
  const shy = Object.create(roomMachine, {
    config: {
      value: {
        toJSON: () => {
          throw new Error('planted');
        },
      },
    },
  });
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => logged.push(line) });
  const server = await startServer({ INSPECT: true }, { machines: { room: shy }, logger });
  const [ann, bob] = await server.users('Ann', 'Bob');
  const viewer = await openFeed(server);
  viewer.subscribe('*');
  await viewer.next('@xstate.actor', ({ name }) => name === 'session:Bob');
  await ann.join('attic');
  await ann.say('general', 'still here');
  await bob.next('message', { text: 'still here' });
  await viewer.event('message.post');
  expect(viewer.frames.filter((frame) => 'name' in frame && frame.name.startsWith('room:'))).toEqual([]);
  expect(logged.filter((line) => line.includes('the inspector met a bug'))).not.toEqual([]);
});
