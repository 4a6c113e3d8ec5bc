import { expect, it } from 'vitest';
import { EventFilter } from '../../../public/inspector/sequence/event-filter.js';
import { messageOf } from './messages.ts';

const post = messageOf('session:Ann > room:general message.post');
const join = messageOf('session:Ben > room:attic member.join');
const ping = messageOf('session:Ann > session:Ann ping');

it('lets all through at first but heartbeats', () => {
  const filter = new EventFilter();
  expect([post, join, ping].map((each) => filter.passes(each))).toEqual([true, true, false]);
  filter.showsHeartbeats = true;
  expect(filter.passes(ping)).toBe(true);
  expect(filter.isNarrowed).toBe(false);
});

it('leaves out a type, or all others', () => {
  const filter = new EventFilter();
  filter.types.toggle('message.post');
  expect([filter.passes(post), filter.passes(join)]).toEqual([false, true]);
  filter.types.selectOnly('message.post');
  expect([filter.passes(post), filter.passes(join)]).toEqual([true, false]);
  filter.types.selectOnly();
  expect([filter.passes(post), filter.passes(join)]).toEqual([false, false]);
});

it('keeps what a wanted actor has a part in, and nothing of an unwanted one', () => {
  const filter = new EventFilter();
  filter.actors.selectOnly('room:general');
  expect([filter.passes(post), filter.passes(join)]).toEqual([true, false]);
  filter.actors.toggle('session:Ben');
  expect(filter.passes(join)).toBe(true);
  filter.actors.selectAll();
  filter.actors.toggle('room:general');
  expect([filter.passes(post), filter.passes(join)]).toEqual([false, true]);
});

it('finds by type and by name, whatever the case', () => {
  const filter = new EventFilter();
  filter.text = ' MESSAGE. ';
  expect([filter.passes(post), filter.passes(join)]).toEqual([true, false]);
  filter.text = 'room attic';
  expect([filter.passes(post), filter.passes(join)]).toEqual([false, true]);
});

it('is as it was at first after a reset, with heartbeats as they are', () => {
  const filter = new EventFilter();
  filter.text = 'x';
  filter.types.selectOnly();
  filter.actors.toggle('stats');
  filter.showsHeartbeats = true;
  expect(filter.isNarrowed).toBe(true);
  filter.reset();
  expect([filter.isNarrowed, filter.passes(post), filter.passes(ping)]).toEqual([false, true, true]);
});
