import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pageModule } from './page-module.ts';

interface Post {
  ref: string;
  key: string;
  address: string;
  body: string;
  text: string;
  from: string;
  state: 'pending' | 'failed';
  attemptedAt?: number;
  isEchoed?: boolean;
  reason?: string;
}
interface Answer {
  type: string;
  code?: string;
  message?: string;
  retry_after?: number;
}
interface Kept {
  read(): Post[];
  write(posts: readonly Post[]): void;
}
interface Outbox {
  restore(kept: Kept): void;
  adopt(posts: Post[]): void;
  add(post: Post): void;
  retry(ref: string): void;
  discard(ref: string): void;
  open(): void;
  close(): void;
  clear(): void;
  keepOnlyOf(name: string): void;
  takeEcho(key: string, text: string): string | undefined;
  readdress(oldKey: string, conversation: { key: string; address: string }): void;
}
interface Owner {
  request(frame: { ref: string }): Promise<Answer | undefined>;
  changed(posts: readonly Post[]): void;
  isStored(post: Post): boolean;
}

const { Outbox } = await pageModule<{ Outbox: new (owner: Owner) => Outbox }>('outbox/outbox.js');

const REF_REMEMBERED_MS = 5 * 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function post(ref: string, more: Partial<Post> = {}): Post {
  const words = { body: `words of ${ref}`, text: `words of ${ref}` };
  return { ref, key: 'attic', address: 'attic', ...words, from: 'Ann', state: 'pending', ...more };
}

/** An outbox whose frames the test answers one by one. */
function outbox() {
  const asked: string[] = [];
  const stored = new Set<string>();
  const now = { posts: [] as readonly Post[] };
  let answer: (answer: Answer | undefined) => void = () => {};
  const box = new Outbox({
    request: ({ ref }) => {
      asked.push(ref);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    changed: (posts) => {
      now.posts = posts;
    },
    isStored: ({ ref }) => stored.has(ref),
  });
  return {
    box,
    /** What has been sent, in its order. */
    asked,
    /** What is in the log. */
    stored,
    now,
    async answer(frame: Answer | undefined) {
      answer(frame);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

const ack = { type: 'ack' };
const refsOf = ({ posts }: { posts: readonly Post[] }) => posts.map(({ ref }) => ref);

describe('what is written', () => {
  it('goes out one after the other, each when the one before it is answered', async () => {
    const { box, asked, now, answer } = outbox();
    for (const ref of ['one', 'two', 'three']) box.add(post(ref));
    expect(asked).toEqual([]);
    box.open();
    box.open();
    expect(asked).toEqual(['one']);
    await answer(ack);
    expect(asked).toEqual(['one', 'two']);
    expect(refsOf(now)).toEqual(['two', 'three']);
    await answer({ type: 'error', code: 'too_long', message: 'Text is too long' });
    expect(asked).toEqual(['one', 'two', 'three']);
    expect(now.posts).toMatchObject([
      { ref: 'two', state: 'failed', reason: 'Text is too long' },
      { ref: 'three', state: 'pending' },
    ]);
  });

  it('waits out the rate limit, and goes again under the same ref', async () => {
    const { box, asked, now, answer } = outbox();
    box.open();
    box.add(post('one'));
    await answer({ type: 'error', code: 'rate_limited', message: 'Too many', retry_after: 2 });
    await vi.advanceTimersByTimeAsync(1_900);
    expect(asked).toEqual(['one']);
    expect(now.posts).toMatchObject([{ ref: 'one', state: 'pending' }]);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual(['one', 'one']);
  });

  it('stays when the connection ends before the answer, and goes again with the next', async () => {
    const { box, asked, now, answer } = outbox();
    box.open();
    box.add(post('one'));
    box.close();
    await answer(undefined);
    expect(refsOf(now)).toEqual(['one']);
    box.open();
    expect(asked).toEqual(['one', 'one']);
  });

  it('is not sent a second time when the server may have forgotten the ref and the log has it', async () => {
    const { box, asked, stored, now, answer } = outbox();
    box.open();
    for (const ref of ['one', 'two']) box.add(post(ref));
    box.close();
    await answer(undefined);
    stored.add('one');
    await vi.advanceTimersByTimeAsync(REF_REMEMBERED_MS);
    box.open();
    await answer(undefined);
    expect(asked).toEqual(['one', 'two']);
    expect(refsOf(now)).toEqual(['two']);
  });

  it('begins anew on a retry, however long ago it was first tried and whatever else is in the log', async () => {
    const { box, asked, stored, now, answer } = outbox();
    box.open();
    for (const ref of ['one', 'two']) box.add(post(ref));
    await answer({ type: 'error', code: 'not_in_room', message: 'You are not in room: attic' });
    await answer({ type: 'error', code: 'not_in_room', message: 'You are not in room: attic' });
    stored.add('one');
    await vi.advanceTimersByTimeAsync(REF_REMEMBERED_MS);
    box.retry('one');
    expect(asked).toEqual(['one', 'two', 'one']);
    // As the newest of all.
    expect(refsOf(now)).toEqual(['two', 'one']);
    expect(now.posts[1]).not.toHaveProperty('reason');
  });

  it('can be given up when it failed, and only then', async () => {
    const { box, now, answer } = outbox();
    box.open();
    for (const ref of ['one', 'two']) box.add(post(ref));
    await answer({ type: 'error', code: 'not_in_room', message: 'You are not in room: attic' });
    box.discard('two');
    box.discard('one');
    expect(refsOf(now)).toEqual(['two']);
  });
});

describe('what outlives the page', () => {
  it('comes before what has been written since, and is kept with it', () => {
    const { box, now } = outbox();
    let written: readonly Post[] = [];
    box.add(post('new'));
    box.restore({ read: () => [post('old')], write: (posts) => (written = posts) });
    expect(refsOf(now)).toEqual(['old', 'new']);
    expect(written).toEqual(now.posts);
    box.clear();
    expect(written).toEqual([]);
  });

  it('is sent by nobody but its author, in whatever writing of the name', () => {
    const { box, now } = outbox();
    for (const [ref, from] of Object.entries({ one: 'Ann', two: 'ANN', three: 'Bob' })) {
      box.add(post(ref, { from }));
    }
    box.keepOnlyOf('ann');
    expect(refsOf(now)).toEqual(['one', 'two']);
  });

  it('goes to the user to decide when another tab had begun to send it, unless the log has it', () => {
    const { box, asked, stored, now } = outbox();
    box.open();
    stored.add('arrived');
    box.adopt([post('arrived', { attemptedAt: 1 }), post('doubtful', { attemptedAt: 1 }), post('fresh')]);
    expect(now.posts).toMatchObject([
      { ref: 'doubtful', state: 'failed', reason: expect.stringContaining('may have arrived') },
      { ref: 'fresh', state: 'pending' },
    ]);
    expect(asked).toEqual(['fresh']);
  });

  it('follows whom it is for to their new name', () => {
    const { box, now } = outbox();
    box.add(post('one', { key: '@bob', address: '@Bob' }));
    box.add(post('two'));
    box.readdress('@bob', { key: '@rob', address: '@Rob' });
    expect(now.posts).toMatchObject([
      { key: '@rob', address: '@Rob' },
      { key: 'attic', address: 'attic' },
    ]);
  });
});

describe('the echo of a post', () => {
  it('is taken for the first that is on its way, once, and only with its words and in its place', () => {
    const { box } = outbox();
    box.add(post('one'));
    expect(box.takeEcho('attic', 'words of one')).toBeUndefined();
    box.open();
    expect(box.takeEcho('cellar', 'words of one')).toBeUndefined();
    expect(box.takeEcho('attic', 'other words')).toBeUndefined();
    expect(box.takeEcho('attic', 'words of one')).toBe('one');
    expect(box.takeEcho('attic', 'words of one')).toBeUndefined();
  });
});
