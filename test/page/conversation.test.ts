import { describe, expect, it } from 'vitest';
import { pageModule } from './page-module.ts';

interface Line {
  id?: number;
  kind: string;
  from: string;
  text: string;
  ts: number;
  mentionsMe?: boolean;
}
interface Conversation {
  lines: Line[];
  unread: number;
  isMentioned: boolean;
  hasEarlier: boolean;
  firstUnreadId: number | undefined;
  closedUpTo: number | undefined;
  readUpTo: number | undefined;
  has(id: number): boolean;
  add(line: Line): boolean;
  countUnread(line: Line): void;
  markRead(): boolean;
  leaveBehind(): void;
  close(): void;
  forgetOldest(): void;
  startAnew(): void;
}

const { Conversation } = await pageModule<{ Conversation: new (key: string, name: string) => Conversation }>(
  'conversations/conversation.js',
);

const line = (id?: number, more: Partial<Line> = {}): Line => ({
  kind: id === undefined ? 'notice' : 'message',
  from: 'Bob',
  text: `line ${id}`,
  ts: 0,
  ...(id !== undefined && { id }),
  ...more,
});
const idsOf = ({ lines }: Conversation) => lines.map(({ id }) => id);

describe('the lines of a conversation', () => {
  it('stand in the order of their ids, each once, however they come', () => {
    const attic = new Conversation('attic', 'attic');
    for (const id of [5, 9, 7, 5, 1, 8, 9]) attic.add(line(id));
    expect(idsOf(attic)).toEqual([1, 5, 7, 8, 9]);
    expect(attic.add(line(7))).toBe(false);
  });

  it('leave those of the page itself where they fell', () => {
    const attic = new Conversation('attic', 'attic');
    for (const id of [5, undefined, 9]) attic.add(line(id));
    for (const id of [7, 1, undefined]) attic.add(line(id));
    expect(idsOf(attic)).toEqual([1, 5, undefined, 7, 9, undefined]);
  });

  it('are let go of when there are too many, the oldest first, and can be loaded again', () => {
    const attic = new Conversation('attic', 'attic');
    for (let id = 1; id <= 10_000; id++) attic.add(line(id));
    attic.forgetOldest();
    expect(attic.lines).toHaveLength(10_000);
    attic.add(line(10_001));
    attic.forgetOldest();
    expect(attic.lines.length).toBeLessThan(10_000);
    expect(attic.lines.at(-1)?.id).toBe(10_001);
    expect(attic.hasEarlier).toBe(true);
    expect(attic.has(1)).toBe(false);
    expect(attic.add(line(1))).toBe(true);
  });

  it('that do not join on to what is here take its place', () => {
    const attic = new Conversation('attic', 'attic');
    attic.add(line(1));
    attic.startAnew();
    expect(attic.lines).toEqual([]);
    expect(attic.hasEarlier).toBe(true);
    expect(attic.add(line(1))).toBe(true);
  });
});

describe('what is unread', () => {
  it('begins with the first, and goes once one has looked and turned away', () => {
    const attic = new Conversation('attic', 'attic');
    for (const id of [1, 2, 3]) {
      attic.add(line(id));
      if (id > 1) attic.countUnread(line(id));
    }
    expect(attic).toMatchObject({ unread: 2, firstUnreadId: 2, isMentioned: false });
    attic.leaveBehind();
    expect(attic.firstUnreadId).toBe(2);
    expect(attic.markRead()).toBe(true);
    expect(attic).toMatchObject({ unread: 0, firstUnreadId: 2, readUpTo: 3 });
    expect(attic.markRead()).toBe(false);
    attic.leaveBehind();
    expect(attic.firstUnreadId).toBeUndefined();
  });

  it('speaks to the user when it names them, and in private always', () => {
    const attic = new Conversation('attic', 'attic');
    attic.countUnread(line(1, { mentionsMe: true }));
    expect(attic.isMentioned).toBe(true);
    const bob = new Conversation('@bob', 'Bob');
    bob.countUnread(line(1));
    expect(bob.isMentioned).toBe(true);
    bob.markRead();
    expect(bob.isMentioned).toBe(false);
  });

  it('brings back what was closed, and nothing else does', () => {
    const bob = new Conversation('@bob', 'Bob');
    bob.add(line(5));
    bob.close();
    bob.add(line(3));
    expect(bob.closedUpTo).toBe(5);
    bob.add(line(6));
    expect(bob.closedUpTo).toBeUndefined();
  });
});
