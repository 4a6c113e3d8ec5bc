import { beforeEach, expect, it, vi } from 'vitest';
import { pageModule } from './page-module.ts';

interface Post {
  ref: string;
  from: string;
}
interface KeptPosts {
  keptPosts(tab: string): { read(): Post[]; write(posts: readonly Post[]): void };
  takeAbandonedPosts(isWanted: (post: Post) => boolean): Promise<Post[]>;
  dropForgottenPosts(): void;
}

const { keptPosts, takeAbandonedPosts, dropForgottenPosts } =
  await pageModule<KeptPosts>('outbox/kept-posts.js');

/** As far as it is used: its keys are its own properties. */
class Storage {
  [key: string]: unknown;

  static make() {
    return Object.create({
      getItem(this: Storage, key: string) {
        return Object.hasOwn(this, key) ? this[key] : null;
      },
      setItem(this: Storage, key: string, text: string) {
        this[key] = text;
      },
      removeItem(this: Storage, key: string) {
        delete this[key];
      },
    });
  }
}

/** Tabs that live, by the names of their locks. */
const living = new Set<string>();
const DAY_MS = 24 * 3_600_000;

beforeEach(() => {
  living.clear();
  vi.stubGlobal('localStorage', Storage.make());
  vi.stubGlobal('navigator', {
    locks: {
      request: async (name: string, _: object, run: (lock: object | null) => void) =>
        run(living.has(name) ? null : {}),
    },
  });
  return () => vi.unstubAllGlobals();
});

it('takes what the same user wrote in tabs that are gone, once, and leaves the rest where it is', async () => {
  keptPosts('gone').write([
    { ref: 'one', from: 'Ann' },
    { ref: 'two', from: 'Bob' },
  ]);
  keptPosts('alive').write([{ ref: 'three', from: 'Ann' }]);
  living.add('troupe.tab.alive');
  const isAnns = ({ from }: Post) => from === 'Ann';
  expect(await takeAbandonedPosts(isAnns)).toEqual([{ ref: 'one', from: 'Ann' }]);
  expect(await takeAbandonedPosts(isAnns)).toEqual([]);
  expect(keptPosts('gone').read()).toEqual([{ ref: 'two', from: 'Bob' }]);
  expect(keptPosts('alive').read()).toEqual([{ ref: 'three', from: 'Ann' }]);
});

it('forgets after a week what nobody came back for, and nothing before', () => {
  vi.useFakeTimers({ now: Date.now() - 8 * DAY_MS });
  keptPosts('old').write([{ ref: 'one', from: 'Ann' }]);
  vi.setSystemTime(Date.now() + 2 * DAY_MS);
  keptPosts('recent').write([{ ref: 'two', from: 'Ann' }]);
  vi.useRealTimers();
  localStorage.setItem('of another application', 'not JSON');
  dropForgottenPosts();
  expect(keptPosts('old').read()).toEqual([]);
  expect(keptPosts('recent').read()).toEqual([{ ref: 'two', from: 'Ann' }]);
  expect(localStorage.getItem('of another application')).toBe('not JSON');
});

declare const localStorage: { getItem(key: string): string | null; setItem(key: string, text: string): void };
