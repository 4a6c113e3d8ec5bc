import { expect, it } from 'vitest';
import type { Connection } from '../../src/actors/connection.ts';
import { SteppedClock } from '../support/clock.ts';
import { createDirectory } from '../support/directory.ts';

it('stops every actor, and says so to who watches, once', async () => {
  const directory = createDirectory(new SteppedClock());
  const connection: Connection = {
    secret: '',
    isClosed: false,
    send: () => {},
    answer: () => {},
    close: () => {},
  };
  directory.admit({ name: 'Ann', secret: undefined, cursor: 0 }, () => connection);
  await new Promise((resolve) => setImmediate(resolve));
  const ended: string[] = [];
  directory.living.watcher = {
    began: () => {},
    ended: ({ title }, status) => ended.push(`${title} ${status}`),
  };
  directory.stop();
  directory.stop();
  expect(ended.sort()).toEqual([
    'room:general stopped',
    'room:help stopped',
    'room:random stopped',
    'session:Ann stopped',
    'stats stopped',
  ]);
  expect([...directory.living]).toEqual([]);
});
