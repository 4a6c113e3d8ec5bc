import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AnyStateMachine, createActor, fromCallback, SimulatedClock } from 'xstate';
import { pageModule } from './page-module.ts';

const { connectionMachine } = await pageModule<{ connectionMachine: AnyStateMachine }>(
  'connection/machine.js',
);

interface Line {
  sent: object[];
  says(event: { type: string; code?: number }): void;
}

const network = { onLine: true };

beforeEach(() => {
  network.onLine = true;
  vi.stubGlobal('navigator', network);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The connection of a page, over lines that the test speaks for. */
function opened() {
  const clock = new SimulatedClock();
  const lines: Line[] = [];
  const line = fromCallback(({ sendBack, receive }) => {
    const sent: object[] = [];
    receive((event) => sent.push(event));
    lines.push({ sent, says: sendBack });
  });
  const actor = createActor(connectionMachine.provide({ actors: { line } }), { clock, input: {} }).start();
  actor.send({ type: 'connection.open' });
  return {
    actor,
    clock,
    lines,
    newest: () => lines.at(-1) as Line,
    state: () => JSON.stringify(actor.getSnapshot().value),
    attempts: () => actor.getSnapshot().context.attempts as number,
  };
}

const ONLINE = '{"linked":{"online":"steady"}}';
const DOUBTFUL = '{"linked":{"online":"doubtful"}}';

describe('a line', () => {
  it('on which nobody greets for 10 s is given up, and another tried', () => {
    const { clock, lines, state } = opened();
    clock.increment(9_999);
    expect(state()).toBe('{"linked":"connecting"}');
    clock.increment(1);
    expect(state()).toBe('"waiting"');
    clock.increment(60_000);
    expect(lines).toHaveLength(2);
  });

  it('that is in doubt is dead when it says nothing for 4 s, and well when it does', () => {
    const { clock, newest, state } = opened();
    newest().says({ type: 'line.greeted' });
    newest().says({ type: 'line.doubted' });
    expect(newest().sent).toEqual([{ type: 'line.probe' }]);
    clock.increment(3_999);
    newest().says({ type: 'line.heard' });
    expect(state()).toBe(ONLINE);
    newest().says({ type: 'line.doubted' });
    expect(state()).toBe(DOUBTFUL);
    clock.increment(4_000);
    expect(state()).toBe('"waiting"');
  });

  it.each(['tab.woke', 'network.lost', 'network.found'])('is in doubt at %s', (type) => {
    const { actor, newest, state } = opened();
    newest().says({ type: 'line.greeted' });
    actor.send({ type });
    expect(state()).toBe(DOUBTFUL);
  });

  it.each([1008, 4003])('that is closed with %i is the last', (code) => {
    const { clock, lines, newest, state } = opened();
    newest().says({ type: 'line.greeted' });
    newest().says({ type: 'line.lost', code });
    clock.increment(3_600_000);
    expect([state(), lines.length]).toEqual(['"ended"', 1]);
  });
});

describe('the next attempt', () => {
  it('waits ever longer, until a line has held for 5 s', () => {
    const { clock, newest, attempts } = opened();
    for (let i = 1; i <= 4; i++) {
      newest().says({ type: 'line.greeted' });
      clock.increment(4_999);
      newest().says({ type: 'line.lost', code: 1006 });
      expect(attempts()).toBe(i);
      clock.increment(60_000);
    }
    newest().says({ type: 'line.greeted' });
    clock.increment(5_000);
    expect(attempts()).toBe(0);
  });

  it('is made at once when there is a network again, and not before', () => {
    const { actor, clock, lines, newest, state } = opened();
    newest().says({ type: 'line.greeted' });
    network.onLine = false;
    newest().says({ type: 'line.lost', code: 1006 });
    expect(state()).toBe('"offline"');
    clock.increment(3_600_000);
    expect(lines).toHaveLength(1);
    actor.send({ type: 'network.found' });
    expect(lines).toHaveLength(2);
  });
});

describe('logging out', () => {
  it('says so and waits 3 s for the end, or not at all without a network', () => {
    const { actor, clock, newest, state } = opened();
    newest().says({ type: 'line.greeted' });
    actor.send({ type: 'session.quit' });
    expect(newest().sent).toEqual([{ type: 'frame.send', frame: { type: 'quit' } }]);
    expect(state()).toBe('{"linked":"leaving"}');
    clock.increment(3_000);
    expect(state()).toBe('"ended"');

    const other = opened();
    other.newest().says({ type: 'line.greeted' });
    network.onLine = false;
    other.actor.send({ type: 'session.quit' });
    expect(other.state()).toBe('"ended"');
  });
});
