import { describe, expect, it } from 'vitest';
import { EventFilter } from '../../../public/inspector/sequence/event-filter.js';
import { ShownMessages } from '../../../public/inspector/sequence/shown-messages.js';
import { messageOf, messagesOf } from './messages.ts';

const LINES = [
  'client:Ann > session:Ann message.post',
  'session:Ann > room:general message.post',
  'session:Ann > session:Ann ping',
  'journal > room:general entry.committed',
  'room:general > stats message.posted',
];

describe('messages that are shown', () => {
  it('are those that pass, in their places', () => {
    const { shown } = made();
    expect(shown.show(messagesOf(...LINES))).toEqual({ dropped: 0, added: 4 });
    expect([shown.count, shown.total, shown.heartbeats]).toEqual([4, 5, 1]);
    expect(shown.at(2)?.id).toBe(4);
    expect(shown.at(4)).toBeUndefined();
    expect(shown.placeOf(3)).toBe(2); // Hidden: the place of the next.
  });

  it('grow at their end and are cut at their start, also when it is the same array', () => {
    const { shown } = made();
    const messages = messagesOf(...LINES);
    shown.show(messages);
    messages.push(messageOf('session:Ben > room:general typing.set', { id: 6 }));
    messages.splice(0, 3);
    expect(shown.show(messages)).toEqual({ dropped: 2, added: 1 });
    expect(idsOf(shown)).toEqual([4, 5, 6]);
    expect(shown.heartbeats).toBe(0);
    expect([...shown.types]).toEqual([
      ['entry.committed', 1],
      ['message.posted', 1],
      ['typing.set', 1],
    ]);
    expect(namesOf(shown)).toEqual(['session:Ben', 'room:general', 'stats', 'journal']);
  });

  it('are each looked at once, however many there are when others come', () => {
    const { shown, filter } = made();
    let looks = 0;
    const passes = filter.passes.bind(filter);
    filter.passes = (message) => {
      looks += 1;
      return passes(message);
    };
    const messages = Array.from({ length: 100 }, (_, i) => messageOf('a:A > b:B said', { id: i + 1 }));
    for (let end = 1; end <= messages.length; end++) shown.show(messages.slice(0, end));
    expect([shown.count, looks]).toEqual([100, 100]);
  });

  it('are counted anew when it is another recording', () => {
    const { shown } = made();
    shown.show(messagesOf(...LINES));
    shown.show([messageOf('session:Ben > room:general typing.set', { id: 2 })]);
    expect(namesOf(shown)).toEqual(['session:Ben', 'room:general']);
    shown.show([]);
    expect([shown.count, shown.total, shown.types.size]).toEqual([0, 0, 0]);
  });

  it('are found as they are now', () => {
    const { shown } = made();
    const messages = messagesOf(...LINES);
    shown.show(messages);
    const change = { from: 'occupied', to: 'empty' };
    shown.show(messages.map((each) => (each.id === 4 ? { ...each, change } : each)));
    expect(shown.byId(4)?.change).toEqual(change);
  });

  it('follow the filter, and what comes later does too', () => {
    const { shown, filter } = made();
    shown.show(messagesOf(...LINES));
    filter.types.selectOnly('message.post');
    shown.refilter();
    expect(idsOf(shown)).toEqual([1, 2]);
    expect(namesOf(shown)).toEqual(['client:Ann', 'session:Ann', 'room:general']);
    const more = [...messagesOf(...LINES), messageOf('session:Ben > room:general message.post', { id: 6 })];
    shown.show(more);
    expect(idsOf(shown)).toEqual([1, 2, 6]);
    expect(namesOf(shown)).toEqual(['client:Ann', 'session:Ann', 'session:Ben', 'room:general']);
  });
});

describe('lanes', () => {
  it('stand by kind, within a kind by who came first, and so whatever is hidden', () => {
    const { shown, filter } = made();
    shown.show(
      messagesOf(
        'room:b > stats room.resized',
        'session:Zoe > room:a member.join',
        'client:Ann > session:Ann message.post',
        'outside > room:b member.join',
        'page:1 > session:Ann connection.opened',
        'journal > room:a entry.committed',
      ),
    );
    const all = namesOf(shown);
    expect(all).toEqual([
      'client:Ann',
      'page:1',
      'outside',
      'session:Zoe',
      'session:Ann',
      'room:b',
      'room:a',
      'stats',
      'journal',
    ]);
    filter.types.toggle('room.resized');
    shown.refilter();
    expect(namesOf(shown)).toEqual(all.filter((name) => name !== 'stats'));
    filter.reset();
    shown.refilter();
    expect(namesOf(shown)).toEqual(all);
  });

  it('bear the name that they had last', () => {
    const { shown } = made();
    const first = messageOf('session:Ann > room:a nick.set');
    shown.show([first]);
    expect(namesOf(shown)[0]).toBe('session:Ann');
    const renamed = { ...first.from, name: 'session:Anna' };
    shown.show([first, { ...first, id: 2, from: renamed }]);
    expect(namesOf(shown)[0]).toBe('session:Anna');
  });
});

function made() {
  const filter = new EventFilter();
  return { filter, shown: new ShownMessages(filter) };
}

function idsOf(shown: ShownMessages) {
  return Array.from({ length: shown.count }, (_, place) => shown.at(place)?.id);
}

function namesOf(shown: ShownMessages) {
  return shown.lanes.shown.map(({ name }) => name);
}
