import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Asker, type Connection } from '../../src/actors/connection.ts';
import { Receipt } from '../../src/actors/session/receipt.ts';
import { SendLedger } from '../../src/actors/session/send-ledger.ts';
import { mistake } from '../../src/protocol/errors.ts';
import { REF_REMEMBERED_MS } from '../../src/protocol/limits.ts';
import { SteppedClock } from '../support/clock.ts';

describe('the ledger of what was sent', () => {
  it('acknowledges all who wait, once each, and later ones at once', () => {
    const ledger = new SendLedger(new SteppedClock());
    const [first, second, third] = [asker('r1'), asker('r1'), asker('r1')];
    ledger.open('r1', first.asker);
    ledger.repeat('r1', second.asker);
    expect(second.got).toEqual([]);
    ledger.settle('r1', ack('r1', 7));
    ledger.repeat('r1', third.asker);
    for (const { got } of [first, second, third]) expect(got).toEqual([ack('r1', 7)]);
  });

  it('tells a failure to all who wait, and lets the next try begin anew', () => {
    const ledger = new SendLedger(new SteppedClock());
    const [first, second] = [asker('r1'), asker('r1')];
    ledger.open('r1', first.asker);
    ledger.repeat('r1', second.asker);
    ledger.fail('r1', mistake('storage_failed', 'your message'));
    for (const { got } of [first, second]) expect(got).toMatchObject([{ type: 'error', ref: 'r1' }]);
    expect(ledger.knows('r1')).toBe(false);
    expect(ledger.isEmpty).toBe(true);
  });

  it('remembers for five minutes, to the millisecond', () => {
    const clock = new SteppedClock();
    const ledger = new SendLedger(clock);
    ledger.open('r1', asker('r1').asker);
    ledger.settle('r1', ack('r1', 7));
    clock.increment(REF_REMEMBERED_MS - 1);
    expect(ledger.knows('r1')).toBe(true);
    clock.increment(1);
    expect(ledger.knows('r1')).toBe(false);
  });

  it('never forgets what is still being stored', () => {
    const clock = new SteppedClock();
    const ledger = new SendLedger(clock);
    ledger.open('r1', asker('r1').asker);
    clock.increment(REF_REMEMBERED_MS * 10);
    expect(ledger.knows('r1')).toBe(true);
    expect(ledger.isEmpty).toBe(false);
  });

  it('has no trace of what was sent without a ref', () => {
    const ledger = new SendLedger(new SteppedClock());
    const { asker: anyone, got } = asker(undefined);
    const receipt = new Receipt(anyone, ledger);
    expect(ledger.isEmpty).toBe(true);
    receipt.store({ id: 7, ts: 1 }, 'attic');
    expect(ledger.isEmpty).toBe(true);
    expect(got).toEqual([]);
    receipt.refuse(mistake('storage_failed', 'store your message'));
    expect(got).toMatchObject([{ type: 'error', code: 'storage_failed' }]);
  });

  it('knows nothing of a frame without ref', () => {
    expect(new SendLedger(new SteppedClock()).knows(undefined)).toBe(false);
  });

  it('agrees with a model of it, and answers each asker exactly once', () => {
    const ref = fc.constantFrom('a', 'b', '__proto__');
    const event = fc.oneof(
      fc.record({ do: fc.constant('send' as const), ref }),
      fc.record({ do: fc.constantFrom('settle' as const, 'fail' as const), ref }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: REF_REMEMBERED_MS }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const clock = new SteppedClock();
        const ledger = new SendLedger(clock);
        const storing = new Set<string>();
        const stored = new Map<string, { id: number; at: number }>();
        const askers: ReturnType<typeof asker>[] = [];
        for (const [id, each] of events.entries()) {
          if (each.do === 'wait') clock.increment(each.ms);
          else if (each.do === 'send') {
            const one = asker(each.ref);
            askers.push(one);
            const { id: known, at = Number.NEGATIVE_INFINITY } = stored.get(each.ref) ?? {};
            const isFresh = clock.now() < at + REF_REMEMBERED_MS;
            expect(ledger.knows(each.ref)).toBe(isFresh || storing.has(each.ref));
            if (ledger.knows(each.ref)) ledger.repeat(each.ref, one.asker);
            else ledger.open(each.ref, one.asker);
            if (isFresh) expect(one.got).toEqual([ack(each.ref, known ?? 0)]);
            else storing.add(each.ref);
          } else if (storing.delete(each.ref)) {
            if (each.do === 'fail') ledger.fail(each.ref, mistake('storage_failed'));
            else {
              ledger.settle(each.ref, ack(each.ref, id));
              stored.set(each.ref, { id, at: clock.now() });
            }
          }
        }
        for (const each of storing) ledger.fail(each, mistake('storage_failed'));
        expect(askers.map(({ got }) => got.length)).toEqual(askers.map(() => 1));
      }),
    );
  });

  it('counts the five minutes from the sending, over a restart too', () => {
    const clock = new SteppedClock();
    const sent = { ref: 'r1', id: 7, ts: clock.now() / 1000, room: undefined };
    clock.increment(REF_REMEMBERED_MS - 1);
    const ledger = new SendLedger(clock, [sent]);
    expect(ledger.knows('r1')).toBe(true);
    clock.increment(1);
    expect(ledger.knows('r1')).toBe(false);
  });
});

function ack(ref: string, id: number) {
  return { type: 'ack' as const, ref, id, ts: 1 };
}

function asker(ref: string | undefined) {
  const got: unknown[] = [];
  const connection: Connection = {
    secret: '',
    isClosed: false,
    send: ({ json }) => void got.push(JSON.parse(json)),
    answer: ({ json }) => void got.push(JSON.parse(json)),
    close: () => {},
  };
  return { got, asker: new Asker(connection, ref) };
}
