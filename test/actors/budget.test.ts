import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../src/actors/session/budget.ts';
import { SteppedClock } from '../support/clock.ts';

describe('the budget of frames', () => {
  it('grants a burst at once and refuses the next', () => {
    const budget = new Budget(new SteppedClock(), 20, 5);
    expect(kinds(budget, 21)).toEqual([...Array(20).fill('granted'), 'refused']);
  });

  it('refills by so many a second, and never above the burst', () => {
    const clock = new SteppedClock();
    const budget = new Budget(clock, 20, 5);
    kinds(budget, 20);
    clock.increment(1_000);
    expect(kinds(budget, 6)).toEqual([...Array(5).fill('granted'), 'refused']);
    clock.increment(3_600_000);
    expect(kinds(budget, 21)).toEqual([...Array(20).fill('granted'), 'refused']);
  });

  it('limits nothing when it is off', () => {
    const budget = new Budget(new SteppedClock(), 1, 0);
    expect(new Set(kinds(budget, 10_000))).toEqual(new Set(['granted']));
  });

  it('takes one who goes on regardless for a flood, not one who overdraws a little', () => {
    const budget = new Budget(new SteppedClock(), 20, 5);
    kinds(budget, 20);
    expect(new Set(kinds(budget, 100))).toEqual(new Set(['refused']));
    expect(kinds(budget, 1)).toEqual(['flood']);
  });

  it('has more patience where the burst is greater', () => {
    const budget = new Budget(new SteppedClock(), 50, 5);
    kinds(budget, 50);
    expect(new Set(kinds(budget, 250))).toEqual(new Set(['refused']));
    expect(kinds(budget, 1)).toEqual(['flood']);
  });

  it('says exactly when the next is granted', () => {
    const clock = new SteppedClock();
    const budget = new Budget(clock, 1, 2);
    kinds(budget, 1);
    expect(budget.spend()).toMatchObject({ kind: 'refused', mistake: { retryAfter: 0.5 } });
    clock.increment(250);
    expect(budget.spend()).toMatchObject({ kind: 'refused', mistake: { retryAfter: 0.25 } });
  });

  it('forgives with time what was overdrawn', () => {
    const clock = new SteppedClock();
    const budget = new Budget(clock, 20, 5);
    kinds(budget, 20 + 100);
    // In ten seconds fifty tokens come; twenty of them are what the bucket holds.
    clock.increment(10_000);
    expect(kinds(budget, 21)).toEqual([...Array(20).fill('granted'), 'refused']);
    expect(new Set(kinds(budget, 49))).toEqual(new Set(['refused']));
    expect(kinds(budget, 1)).toEqual(['flood']);
  });

  it('grants the next frame to whoever waits as long as it said', () => {
    const burst = fc.integer({ min: 1, max: 50 });
    const perSecond = fc.double({ min: 0.001, max: 1_000, noNaN: true });
    const pauses = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 50 });
    fc.assert(
      fc.property(burst, perSecond, pauses, (size, rate, all) => {
        const clock = new SteppedClock();
        const budget = new Budget(clock, size, rate);
        for (const pause of all) {
          clock.increment(pause);
          const verdict = budget.spend();
          if (verdict.kind !== 'refused') continue;
          const { code, retryAfter = 0, message } = verdict.mistake;
          expect(code).toBe('rate_limited');
          expect(retryAfter).toBeGreaterThan(0);
          expect(message).toContain(String(retryAfter));
          clock.increment(Math.round(retryAfter * 1_000));
          expect(budget.spend().kind).toBe('granted');
        }
      }),
    );
  });

  it('never grants more than the burst and what has come since', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 50 }),
        pauses,
        (size, rate, all) => {
          const clock = new SteppedClock();
          const budget = new Budget(clock, size, rate);
          let granted = 0;
          let passed = 0;
          for (const pause of all) {
            clock.increment(pause);
            passed += pause;
            if (budget.spend().kind === 'granted') granted += 1;
            expect(granted).toBeLessThanOrEqual(size + (passed / 1_000) * rate + 1e-6);
          }
        },
      ),
    );
  });
});

function kinds(budget: Budget, count: number): string[] {
  return Array.from({ length: count }, () => budget.spend().kind);
}
