// @ts-check
import { Choice } from './choice.js';
import { Feed } from './feed/feed.js';
import { Pages } from './feed/pages.js';
import { Subscriber } from './feed/subscriber.js';
import { token } from './feed/token.js';
import { Playback } from './record/playback.js';
import { Recording } from './record/recording.js';
import { Redraws } from './redraws.js';

/** @import { FeedFrame, HelloFrame } from '../../src/inspect/wire.ts' */
/** @import { Scene } from './scene.js' */

/** Frames that tell of actors that were not known. */
const WHO_IS_THERE = new Set(['@troupe.list', '@troupe.rows', '@xstate.actor']);

/** Where the feed, the recording, and what the user looks at meet. */
export class Inspector {
  #live = new Playback(new Recording());
  /** @type {{ playback: Playback, name: string, savedAt: number } | undefined} a recording from a file */
  #opened;
  #choice = new Choice();
  /** Milliseconds that the server's clock is ahead of ours. */
  #skew = 0;
  /** @type {((scene: Scene) => void)[]} */
  #views = [];
  #redraws = new Redraws(() => this.#draw());
  #feed = new Feed({
    token: () => token.get(),
    frameArrived: (frame, size) => this.#record(frame, size),
    statusChanged: () => this.#followStatus(),
  });
  #subscriber = new Subscriber(
    this.#feed,
    () => this.#live.recording.live,
    () => [this.#choice.chosen, ...this.#choice.followed],
  );

  /** Draws now, and whenever something has changed. @param {(scene: Scene) => void} draw */
  watch(draw) {
    this.#views.push(draw);
    draw(this.scene);
  }

  /** Listens to the server, and to the chat pages of this browser. */
  start() {
    this.#feed.open();
    new Pages((frame, size) => this.#record(frame, size));
  }

  get playback() {
    return this.#opened?.playback ?? this.#live;
  }

  /** @returns {Scene} */
  get scene() {
    const { playback } = this;
    const { recording } = playback;
    const world = recording.worldAt(playback.place);
    const chosen = world.find(this.#choice.chosen);
    const { seen, before } = chosen ? playback.seenOf(chosen) : {};
    const lastAt = recording.entries.at(-1)?.at ?? 0;
    return {
      status: this.#feed.status,
      recording,
      playback,
      world,
      now: playback.at ?? (this.#opened ? lastAt : this.#now()),
      chosen,
      definition: chosen?.definition ?? recording.live.find(this.#choice.chosen)?.definition,
      seen,
      before,
      followed: this.#choice.followed,
      isForAll: this.#subscriber.isForAll || this.#opened !== undefined,
      file: this.#opened,
      isEmpty: !this.#opened && !recording.hello && recording.end === 0,
    };
  }

  /** @param {string} id of an actor; empty for none */
  choose(id) {
    this.#choice.choose(id);
    const { playback } = this;
    if (playback.only !== undefined) playback.only = id || undefined;
    this.#changed();
  }

  /** @param {string} name of an actor, which may come yet */
  hopeFor(name) {
    this.#choice.hopeFor(name);
    this.#recoverChoice();
  }

  /** Goes on hearing of the chosen actor when another one is chosen, or no longer. */
  toggleFollowing() {
    this.#choice.toggleFollowing();
    this.#changed();
  }

  /** Does something to the playback. @param {(playback: Playback) => void} act */
  play(act) {
    act(this.playback);
    this.#recoverChoice();
    this.#redraws.now();
  }

  /** Counts the steps of the chosen actor alone, or everybody's. @param {boolean} isOnly */
  countOnlyChosen(isOnly) {
    this.playback.only = (isOnly && this.#choice.chosen) || undefined;
    this.#redraws.now();
  }

  clear() {
    const { playback } = this;
    playback.resume();
    playback.recording.clear();
    this.#redraws.now();
  }

  /** Shows a recording from a file, and stops listening. @param {Recording} recording @param {{ name: string, savedAt: number }} file */
  show(recording, file) {
    const name = this.scene.chosen?.name ?? '';
    this.#opened = { playback: new Playback(recording), ...file };
    this.#feed.close();
    const start = recording.worldAt(recording.end);
    const like = [...start.actors.values(), ...start.ended.values()].find((each) => each.name === name);
    this.#choice.choose(like?.id ?? '');
    this.#redraws.now();
  }

  /** Goes back from a file to the feed. */
  listen() {
    this.#choice.hopeFor(this.scene.chosen?.name ?? '');
    this.#opened = undefined;
    this.#feed.open();
    this.#redraws.now();
  }

  retry() {
    this.#feed.retryNow();
  }

  /** @param {string} given */
  useToken(given) {
    token.set(given);
    this.#feed.retryNow();
  }

  #now() {
    return Date.now() + this.#skew;
  }

  /** @param {FeedFrame} frame @param {number} size in characters */
  #record(frame, size) {
    if (frame.type === '@troupe.error') return;
    if (frame.type === '@troupe.hello') this.#greet(frame);
    const at = 'createdAt' in frame ? Number(frame.createdAt) : this.#now();
    const isOfPage = 'sessionId' in frame && frame.sessionId.startsWith('page:');
    this.#live.recording.add(frame, { at: isOfPage ? at + this.#skew : at, size });
    if (frame.type === '@troupe.list' && frame.rest <= 0) this.#subscriber.noteListed();
    if (WHO_IS_THERE.has(frame.type)) this.#recoverChoice();
    this.#subscriber.review();
    this.#redraws.soon();
  }

  /** @param {HelloFrame} hello */
  #greet({ now, life }) {
    this.#skew = now - Date.now();
    this.#subscriber.beginAnew();
    const { hello, live } = this.#live.recording;
    if (hello && hello.life !== life && !this.#opened) this.#choice.remember(live);
  }

  #recoverChoice() {
    if (this.#opened) return;
    const { recording } = this.#live;
    const isInSight = (/** @type {string} */ id) =>
      this.#live.isLive || recording.worldAt(this.#live.place).find(id) !== undefined;
    const { isListed } = this.#subscriber;
    if (this.#choice.recover(recording.live, { isListed, isInSight })) this.#changed();
  }

  #followStatus() {
    if (this.#feed.status.name !== 'open') this.#subscriber.beginAnew();
    this.#redraws.now();
  }

  #changed() {
    this.#subscriber.review();
    this.#redraws.now();
  }

  #draw() {
    const { scene } = this;
    for (const draw of this.#views) draw(scene);
    // Who has ended of late is still to fade away.
    const [last] = [...scene.world.ended.values()].slice(-1);
    if (last && scene.playback.isLive && scene.now - last.endedAt < 2_000) this.#redraws.soon(500);
  }
}
