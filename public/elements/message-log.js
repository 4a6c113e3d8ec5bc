// @ts-check
import { announce, find } from '../dom.js';
import { beginningOf } from './message-beginning.js';
import { MessageRows } from './message-rows.js';
import { MessageSpeaker } from './message-speaker.js';
import { ReadingPlace } from './reading-place.js';

/** @import { Conversation } from '../conversations/conversation.js' */
/** @import { Line } from '../conversations/line.js' */
/** @import { Post } from '../outbox/post.js' */
/** @import { State } from '../state.js' */

/** Lines that are drawn of a conversation when it is opened, and added when one scrolls up to them. */
const DRAWN_AT_FIRST = 100;
/** Unread lines that are drawn at most when a conversation is opened, and read ones above them. */
const UNREAD_DRAWN = 800;
const READ_ABOVE = 20;

/** What was said in the open conversation. Announces `history-earlier`, `post-retry` and `post-discard` with a ref. */
export class MessageLog extends HTMLElement {
  static watches = /** @type {const} */ (['entries', 'active', 'session']);
  /** @type {State | undefined} */
  #state;
  /** @type {Conversation | undefined} */
  #shown;
  /** @type {unknown[]} all that the drawing depends on, as of the last one */
  #drawn = [];
  /** @type {WeakSet<Conversation>} */
  #loading = new WeakSet();
  #beginning = '';
  /** The newest line that has been told of, to the ear or by the count at the button. */
  #toldUpTo = 0;
  #newCount = 0;
  /** The lines to come are old ones. */
  #awaitsHistory = false;
  /** @type {string | undefined} the `ref` of what was posted last */
  #lastPost;

  connectedCallback() {
    const log = find(this, '[role=log]', HTMLElement);
    log.tabIndex = 0; // It scrolls, so a keyboard must be able to reach it.
    this.place = new ReadingPlace(log);
    const lines = find(this, '.lines', HTMLElement);
    this.rows = new MessageRows(lines);
    this.speaker = new MessageSpeaker(find(this, '.spoken', HTMLElement));
    this.earlier = find(this, '.more', HTMLButtonElement);
    this.earlier.addEventListener('click', () => announce(this, 'history-earlier'));
    this.newest = find(this, '.newest', HTMLButtonElement);
    this.newest.addEventListener('click', () => this.#jumpToNewest());
    // A window that gets smaller, or a composer that grows, must not hide the newest line.
    const observer = new ResizeObserver(() => this.place?.follows && this.place.toEnd());
    observer.observe(log);
    observer.observe(lines);
    log.addEventListener('scroll', () => this.#noteScroll(), { passive: true });
  }

  /** @param {State} state */
  render(state) {
    this.#state = state;
    const { active } = state;
    const { place, rows } = this;
    if (!place || !rows) return;
    const posts = state.postsTo(state.activeKey);
    const isOther = active !== this.#shown;
    if (isOther) this.#turnTo(active);
    this.#followOwn(posts, isOther);
    if (place.follows) active?.forgetOldest();
    const from = active ? this.#drawFrom(active, isOther) : 0;
    const drawn = [
      active?.revision,
      state.posts,
      active?.firstUnreadId,
      active?.hasEarlier,
      state.me.name,
      from,
    ];
    if (!isOther && drawn.every((each, i) => each === this.#drawn[i])) return;
    this.#drawn = drawn;
    if (active) this.#tellOf(active, state.me.name);

    this.#keepPlace(() => {
      rows.show([...(active?.lines.slice(from) ?? []), ...posts], {
        myName: state.me.name,
        firstUnreadId: active?.firstUnreadId,
      });
      this.#drawBeginning();
    });
    // Someone who comes to more than fits begins where they left off.
    const firstUnread = isOther && rows.rowOf(active?.firstUnreadId);
    if (firstUnread) place.goBackTo(firstUnread);
    this.#drawNewest();
    this.#reachBack();
  }

  /** Earlier lines are being fetched, or not any more. @param {Conversation} conversation @param {boolean} isLoading */
  setLoading(conversation, isLoading) {
    if (isLoading) this.#loading.add(conversation);
    else this.#loading.delete(conversation);
    this.#keepPlace(() => this.#drawBeginning());
  }

  /** @param {Conversation | undefined} conversation */
  #turnTo(conversation) {
    this.#shown = conversation;
    if (this.place) this.place.follows = true;
    this.#newCount = 0;
    this.#toldUpTo = conversation?.newestId ?? 0;
    this.#awaitsHistory = awaitsHistory(conversation);
    this.rows?.clear();
    this.speaker?.hush();
  }

  /** Whoever posts wants to see it. @param {Post[]} posts @param {boolean} isOther */
  #followOwn(posts, isOther) {
    const last = posts.at(-1);
    if (!last || last.ref === this.#lastPost) return;
    this.#lastPost = last.ref;
    if (isOther || last.state !== 'pending') return;
    if (this.place) this.place.follows = true;
    this.#newCount = 0;
  }

  /**
   * The place of the first line that is drawn: a long conversation is drawn backwards as one reads it.
   * @param {Conversation} conversation
   * @param {boolean} isOther
   */
  #drawFrom({ lines, firstUnreadId }, isOther) {
    const { rows, place } = this;
    const atFirst = Math.max(0, lines.length - DRAWN_AT_FIRST);
    if (isOther || !rows?.first) {
      const unread = lines.findLastIndex(({ id }) => id !== undefined && id === firstUnreadId);
      return unread < 0
        ? atFirst
        : Math.max(0, lines.length - UNREAD_DRAWN, Math.min(atFirst, unread - READ_ABOVE));
    }
    const first = lines.indexOf(rows.first);
    const from = first < 0 ? Math.max(0, lines.length - rows.count) : first;
    return from > 0 && place?.isNearStart ? Math.max(0, from - DRAWN_AT_FIRST) : from;
  }

  /** @param {Conversation} conversation @param {string} myName */
  #tellOf(conversation, myName) {
    const { newestId = 0 } = conversation;
    const news = [];
    for (let i = conversation.lines.length - 1; i >= 0 && newestId > this.#toldUpTo; i--) {
      const line = conversation.lines[i];
      if (line?.id === undefined) continue;
      if (line.id <= this.#toldUpTo) break;
      if (line.from !== myName) news.unshift(line);
      else if (line.ref !== undefined && this.place) this.place.follows = true; // Stored before it was seen to be sent.
    }
    this.#toldUpTo = Math.max(this.#toldUpTo, newestId);
    if (!this.#awaitsHistory && news.length > 0) {
      this.speaker?.say(news);
      if (!this.place?.follows) this.#newCount += news.length;
    }
    this.#awaitsHistory = awaitsHistory(conversation);
  }

  /** @param {() => void} change */
  #keepPlace(change) {
    this.place?.keep((top) => this.rows?.rowAt(top), change);
  }

  #drawBeginning() {
    const { earlier } = this;
    const active = this.#shown;
    if (!earlier) return;
    const isLoading = active !== undefined && this.#loading.has(active);
    earlier.hidden = !active?.hasEarlier || active.oldestId === undefined;
    earlier.textContent = isLoading ? 'Loading earlier messages…' : 'Show earlier messages';
    const { name, nodes } = active ? beginningOf(active) : { name: 'none', nodes: [] };
    if (name === this.#beginning) return;
    this.#beginning = name;
    const beginning = find(this, '.beginning', HTMLElement);
    beginning.replaceChildren(...nodes);
    beginning.classList.toggle('loading', name === 'loading');
    beginning.hidden = nodes.length === 0;
  }

  #noteScroll() {
    this.place?.note();
    if (this.place?.follows) this.#newCount = 0;
    this.#drawNewest();
    this.#reachBack();
  }

  /** Near the start there is always more, as long as there is. */
  #reachBack() {
    const { place, rows } = this;
    const active = this.#shown;
    if (!place?.isNearStart || !rows?.first || !active || !this.#state) return;
    if (active.lines.indexOf(rows.first) > 0) this.render(this.#state);
    else if (active.hasEarlier && !this.#loading.has(active)) announce(this, 'history-earlier');
  }

  #drawNewest() {
    const { newest, place } = this;
    if (!newest || !place) return;
    newest.hidden = place.follows;
    newest.textContent = this.#newCount > 0 ? `Jump to newest · ${this.#newCount} new` : 'Jump to newest';
  }

  #jumpToNewest() {
    const { place } = this;
    if (!place) return;
    place.follows = true;
    place.toEnd();
    this.#newCount = 0;
    announce(this, 'composer-focus'); // The button is about to go.
    this.#drawNewest();
  }
}

/** @param {Conversation | undefined} conversation */
function awaitsHistory(conversation) {
  return conversation?.hasEarlier === true && conversation.oldestId === undefined;
}

customElements.define('message-log', MessageLog);
