import { describe, expect, it, test } from 'vitest';
import { stateWords } from '../../../public/inspector/record/state-value.js';
import { changeWords } from '../../../public/inspector/sequence/change-words.js';
import { bareName, laneWords } from '../../../public/inspector/sequence/lane.js';
import { durationWords, sentenceOf, typeWords } from '../../../public/inspector/sequence/message-words.js';
import { stateText } from '../../../src/inspect/states.ts';
import type { StateValue } from '../../../src/inspect/wire.ts';
import { lane, messageOf } from './messages.ts';

const at = new Date(2026, 0, 2, 12, 3, 4, 120).getTime();

describe('a row for the ear', () => {
  it.each([
    ['session:Ann > room:general message.post', { from: 'occupied', to: 'occupied' }, ', stays occupied'],
    ['client:1 > session:Ann connection.lost', { from: 'online', to: 'away' }, ', online to away'],
    ['outside > session:Ann xstate.init', { from: null, to: 'fresh' }, ', becomes fresh'],
    ['session:Ann > stats session.rested', undefined, ''],
  ])('tells %s', (line, change, outcome) => {
    const message = messageOf(line, { at, ...(change && { change }) });
    const words = sentenceOf(message);
    expect(words.startsWith(`12:03:04.120 ${laneWords(message.from)} to ${laneWords(message.to)}: `)).toBe(
      true,
    );
    expect(words.endsWith(`: ${message.type}${outcome}`)).toBe(true);
  });

  it('says that a timer is its own', () => {
    const type = 'xstate.after.30000.session.away';
    const words = sentenceOf(messageOf(`session:Ann > session:Ann ${type}`, { at }));
    expect(words).toBe('12:03:04.120 session Ann to itself: after 30 s');
  });
});

test('names are shown without their kinds, which are shown by themselves', () => {
  expect([bareName(lane('room:general')), laneWords(lane('room:general'))]).toEqual([
    'general',
    'room general',
  ]);
  expect(laneWords({ id: 'x', name: 'Ann', kind: 'session' })).toBe('session Ann');
  expect(laneWords(lane('stats'))).toBe('stats');
});

test('delays are in words, named ones by their names', () => {
  expect(typeWords('xstate.after.1500.a')).toBe('after 1.5 s');
  expect(typeWords('xstate.after.presenceGrace.session.away')).toBe('after presenceGrace');
  expect(typeWords('message.post')).toBe('message.post');
});

test.each([
  [24, '24 ms'],
  [1_500, '1.5 s'],
  [120_000, '2 min'],
  [125_000, '2 min 5 s'],
])('%i milliseconds are %s', (duration, words) => {
  expect(durationWords(duration)).toBe(words);
});

describe('a change of state', () => {
  const before = { watched: { feed: 'calm', report: 'waiting' } };

  it('is in words', () => {
    expect(stateWords(before)).toBe('watched.feed.calm, watched.report.waiting');
    expect(changeWords({ from: 'online', to: 'away' })).toEqual({ from: 'online', to: 'away' });
  });

  it('leaves out what is the same before and after it', () => {
    const crowded = { watched: { feed: 'crowded', report: 'waiting' } };
    expect(changeWords({ from: before, to: crowded })).toEqual({ from: 'calm', to: 'crowded' });
    expect(changeWords({ from: before, to: 'unwatched' })).toEqual({
      from: 'watched.feed.calm, watched.report.waiting',
      to: 'unwatched',
    });
  });

  it('is none when the state stays', () => {
    expect(changeWords({ from: before, to: structuredClone(before) })).toBeUndefined();
    expect(changeWords(undefined)).toBeUndefined();
  });
});

test.each<StateValue>([
  'occupied',
  { watched: { feed: 'calm', report: 'waiting' } },
  { both: { one: {}, other: 'x' } },
  {},
])('the rows of the server say a state as the page does: %j', (value) => {
  expect(stateText(value)).toBe(stateWords(value));
});
