import { describe, expect, it } from 'vitest';
import { LanePlan, layoutFor, windowOf } from '../../../public/inspector/sequence/geometry.js';
import { placeAfter } from '../../../public/inspector/sequence/row-keys.js';
import { lane, messageOf } from './messages.ts';

describe('the rows that are drawn', () => {
  it('are those in sight and a few beyond', () => {
    const { from, to } = windowOf({ top: 44_000, height: 440, row: 44, count: 10_000 });
    expect(from).toBeLessThan(1_000);
    expect(from).toBeGreaterThan(980);
    expect(to).toBeGreaterThanOrEqual(1_010);
    expect(to).toBeLessThan(1_030);
  });

  it('are never others than there are', () => {
    expect(windowOf({ top: 0, height: 500, row: 44, count: 3 })).toEqual({ from: 0, to: 3 });
    expect(windowOf({ top: 5_000, height: 500, row: 44, count: 3 })).toEqual({ from: 3, to: 3 });
    expect(windowOf({ top: 0, height: 500, row: 44, count: 0 })).toEqual({ from: 0, to: 0 });
  });
});

describe('a plan of lanes', () => {
  const lanes = ['client:Ann', 'session:Ann', 'room:general', 'stats'].map(lane);
  const plan = new LanePlan(lanes, 80);

  it('spreads them over the width that there is', () => {
    expect(plan.width).toBe(80);
    const gaps = [0, 1, 2].map((place) => plan.middleOf(place + 1) - plan.middleOf(place));
    expect(new Set(gaps)).toEqual(new Set([plan.laneWidth]));
    expect(plan.middleOf(3) + plan.laneWidth / 2).toBeLessThanOrEqual(80);
  });

  it('is wider than that when there are many', () => {
    const many = Array.from({ length: 200 }, (_, i) => lane(`session:${i}`));
    const wide = new LanePlan(many, 80);
    expect(wide.width).toBeGreaterThan(1_000);
    const { from, to } = wide.lanesIn({ left: 500, width: 80 });
    expect(to - from).toBeLessThan(20);
    expect(wide.middleOf(from)).toBeLessThan(506);
    expect(wide.middleOf(to)).toBeGreaterThan(580);
  });

  it('draws an arrow from the sender to the receiver', () => {
    const there = plan.arrowOf(messageOf('session:Ann > stats session.rested'));
    expect(there).toMatchObject({ shape: 'rightward', left: plan.middleOf(1), width: 2 * plan.laneWidth });
    const back = plan.arrowOf(messageOf('stats > session:Ann session.rested'));
    expect(back).toMatchObject({ shape: 'leftward', left: plan.middleOf(1), width: 2 * plan.laneWidth });
  });

  it('draws a loop for what one sends to oneself, with its words within the drawing', () => {
    const { shape, left, words } = plan.arrowOf(messageOf('stats > stats feed.filled'));
    expect([shape, left]).toEqual(['loop', plan.middleOf(3)]);
    expect(words.left + words.width).toBeLessThanOrEqual(plan.width);
  });

  it('scrolls no further than it must for an arrow to be seen', () => {
    const wide = new LanePlan(
      Array.from({ length: 200 }, (_, i) => lane(`session:${i}`)),
      80,
    );
    const message = messageOf('session:100 > session:102 x');
    expect(wide.isInSight(message, { left: 0, width: 80 })).toBe(false);
    const left = wide.leftToSeeArrow(message, { left: 0, width: 80 });
    expect(wide.isInSight(message, { left, width: 80 })).toBe(true);
    expect(wide.leftToSeeArrow(message, { left, width: 80 })).toBe(left);
  });
});

it('has no lanes on a phone', () => {
  expect([layoutFor(22.5), layoutFor(60)]).toEqual(['list', 'diagram']);
});

it.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 19, 19],
  ['ArrowUp', 0, 0],
  ['PageUp', 12, 3],
  ['PageDown', 15, 19],
  ['Home', 7, 0],
  ['End', 7, 19],
])('goes with %s from %i to %i', (key, place, wanted) => {
  expect(placeAfter(key, { place, count: 20, page: 9 })).toBe(wanted);
});

it('goes nowhere with another key, or where nothing is', () => {
  expect(placeAfter('a', { place: 1, count: 20, page: 9 })).toBeUndefined();
  expect(placeAfter('ArrowDown', { place: 0, count: 0, page: 9 })).toBeUndefined();
});
