import { describe, expect, it, vi } from 'vitest';
import { type AdmissionLimits, Gate } from '../../src/transport/admission.ts';
import { SteppedClock } from '../support/clock.ts';

const HOME = '192.0.2.1';
const ELSEWHERE = '198.51.100.7';

function gate(limits: Partial<AdmissionLimits>) {
  const clock = new SteppedClock();
  return { clock, gate: new Gate(clock, { connections: 1_000_000, perAddress: 0, perMinute: 0, ...limits }) };
}

/** @returns how many of so many attempts were let in */
function knock(gate: Gate, address: string, times: number): number {
  return Array.from({ length: times }, () => gate.enter(address)).filter((leave) => leave !== undefined)
    .length;
}

describe('connections of one address at once', () => {
  it('are counted down when one ends, and apart from those of others', () => {
    const { gate: door } = gate({ perAddress: 2 });
    const leave = door.enter(HOME);
    expect(knock(door, HOME, 3)).toBe(1);
    expect(knock(door, ELSEWHERE, 3)).toBe(2);
    leave?.();
    expect(knock(door, HOME, 3)).toBe(1);
    expect(door.open).toBe(4);
  });

  it('are still counted when ten thousand others have come and gone for minutes', () => {
    const { clock, gate: door } = gate({ perAddress: 1 });
    expect(knock(door, HOME, 1)).toBe(1);
    for (let i = 0; i < 25_000; i++) {
      clock.increment(10);
      door.enter(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)?.();
    }
    expect(knock(door, HOME, 1)).toBe(0);
    expect(door.open).toBe(1);
  });
});

describe('new connections of one address in a minute', () => {
  it('come back one by one over the minute, and no more than there were', () => {
    const { clock, gate: door } = gate({ perMinute: 4 });
    expect(knock(door, HOME, 6)).toBe(4);
    clock.increment(14_000);
    expect(knock(door, HOME, 2)).toBe(0);
    clock.increment(1_000);
    expect(knock(door, HOME, 2)).toBe(1);
    clock.increment(30_000);
    expect(knock(door, HOME, 4)).toBe(2);
    clock.increment(3_600_000);
    expect(knock(door, HOME, 6)).toBe(4);
  });

  it('are not used up by what was refused for another reason', () => {
    const { gate: door } = gate({ perMinute: 2, connections: 1 });
    const leave = door.enter(HOME);
    expect(knock(door, HOME, 10)).toBe(0);
    leave?.();
    expect(knock(door, HOME, 1)).toBe(1);
  });

  it('are not given back by connections that end', () => {
    const { gate: door } = gate({ perMinute: 2 });
    for (let i = 0; i < 2; i++) door.enter(HOME)?.();
    expect(knock(door, HOME, 1)).toBe(0);
  });
});

describe('addresses that have nothing open', () => {
  /** Each of them comes and goes. */
  function pass(door: Gate, addresses: number, meanwhile = () => {}) {
    for (let i = 0; i < addresses; i++) {
      meanwhile();
      door.enter(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)?.();
    }
  }

  it('are remembered, however many others come, until they may come as often as at first', () => {
    const { gate: door } = gate({ perMinute: 1 });
    door.enter(HOME)?.();
    pass(door, 25_000);
    expect(knock(door, HOME, 1)).toBe(0);
  });

  it('are forgotten in time, or they would fill the memory', () => {
    const { clock, gate: door } = gate({ perMinute: 1 });
    const set = vi.spyOn(Map.prototype, 'set');
    door.enter(HOME)?.();
    const [visitors] = set.mock.contexts as Map<string, unknown>[];
    set.mockRestore();
    expect(visitors?.has(HOME)).toBe(true);
    pass(door, 50_000, () => clock.increment(10));
    expect(visitors?.size).toBeLessThan(25_000);
  });
});

describe('an address of IPv6', () => {
  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 'one'],
    ['2001:db8:1:2:0:0:0:1', '2001:db8:1:2::1', 'one'],
    ['2001:db8::1', '2001:db8:0:0:1::', 'one'],
    ['::1', '::2', 'one'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 'two'],
    ['2001:db8::1', '2001:db8:0:1::1', 'two'],
    ['::1', '2001:db8::1', 'two'],
    ['::2:3:4:5:6', '0:0:0:2:3:4:5:6', 'one'],
    ['::2:3:4:5:6', '::1', 'two'],
    ['2001:db8::', '2001:db8::1', 'one'],
    ['1::2:3:4:5:6:7', '1:0:2:3::1', 'one'],
    ['1:2:3::', '1:2:3:0:ffff::', 'one'],
    ['2001:db8:1:12::1', '2001:db8:11:2::1', 'two'],
    ['2001:db8:1:2::1', '2001:db8:1:2::1', 'one'],
  ])('%s and %s count as %s', (first, second, count) => {
    const { gate: door } = gate({ perAddress: 1 });
    expect(knock(door, first, 1)).toBe(1);
    expect(knock(door, second, 1)).toBe(count === 'one' ? 0 : 1);
  });
});
