import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/actors/clock.ts';
import { Slices } from '../../src/actors/slices.ts';

it('does what waits in the order in which it came, and later than now', async () => {
  const { add } = new Slices();
  const done: number[] = [];
  for (let i = 0; i < 100; i++) add(() => void done.push(i));
  expect(done).toEqual([]);
  await until(() => done.length === 100);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
});

it('lets others in between two slices', async () => {
  const { add } = new Slices();
  let done = 0;
  const seen: number[] = [];
  for (let i = 0; i < 4; i++) {
    add(() => {
      done += 1;
      spin(10);
    });
  }
  setImmediate(() => seen.push(done));
  await until(() => done === 4);
  expect(seen).toEqual([1]);
});

it('takes in what is added by what it does', async () => {
  const { add } = new Slices();
  const done: string[] = [];
  add(() => {
    done.push('first');
    add(() => void done.push('third'));
  });
  add(() => void done.push('second'));
  await until(() => done.length === 3);
  expect(done).toEqual(['first', 'second', 'third']);
});

it('goes on with the others when one throws, and the throw is heard of', async () => {
  const { add } = new Slices();
  const done: string[] = [];
  const thrown = heardOf();
  add(() => void done.push('first'));
  add(() => {
    throw new Error('stumbled');
  });
  add(() => void done.push('third'));
  await until(() => done.length === 2);
  // What comes when all is done begins anew.
  add(() => {
    throw new Error('stumbled again');
  });
  await until(() => thrown().length === 2);
  add(() => void done.push('fifth'));
  await until(() => done.length === 3);
  expect(done).toEqual(['first', 'third', 'fifth']);
  expect(thrown()).toEqual(['stumbled', 'stumbled again']);
});

it('does not run a timer that is cleared when it is due and waits for its turn', async () => {
  const done: string[] = [];
  const first = systemClock.setTimeout(() => {
    done.push('first');
    systemClock.clearTimeout(second);
  }, 1);
  const second = systemClock.setTimeout(() => done.push('second'), 1);
  const third = systemClock.setTimeout(() => done.push('third'), 1);
  await until(() => done.includes('third'));
  expect(done).toEqual(['first', 'third']);
  for (const timer of [first, third]) systemClock.clearTimeout(timer);
});

/** Hears, in place of the test runner, what nobody catches while a test runs. */
function heardOf(): () => string[] {
  const others = process.listeners('uncaughtException');
  const heard: string[] = [];
  const hear = ({ message }: Error) => void heard.push(message);
  process.removeAllListeners('uncaughtException').on('uncaughtException', hear);
  onTestFinished(() => {
    process.off('uncaughtException', hear);
    for (const other of others) process.on('uncaughtException', other);
  });
  return () => heard;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turn();
}

/** Keeps the processor, which only the time that has passed can show to be over. */
function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
