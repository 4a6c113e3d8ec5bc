// @ts-check
import { announce, find, make, reconcile } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { Line } from '../conversations/line.js' */
/** @import { State } from '../state.js' */

/** Seconds between two messages of one author that are still shown as one block. */
const BLOCK_GAP = 5 * 60;
/** Pixels from the end within which the log follows what comes. */
const END_NEAR = 60;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** What was said in the open conversation. Announces `history-earlier`, `post-retry` and `post-discard` with a ref. */
export class MessageLog extends HTMLElement {
  static watches = /** @type {const} */ (['entries', 'active', 'session']);
  /** @type {WeakMap<Line, HTMLElement>} */
  #elements = new WeakMap();
  #shownKey = '';
  #follows = true;

  connectedCallback() {
    this.log = find(this, '[role=log]', HTMLElement);
    this.log.tabIndex = 0; // It scrolls, so a keyboard must be able to reach it.
    this.lines = find(this, '.lines', HTMLElement);
    this.earlier = find(this, '.more', HTMLButtonElement);
    this.earlier.addEventListener('click', () => announce(this, 'history-earlier'));
    // A window that gets smaller, or a composer that grows, must not hide the newest line.
    new ResizeObserver(() => this.#follows && this.#scrollToEnd()).observe(this.log);
    this.log.addEventListener('scroll', () => {
      this.#follows = this.#isNearEnd();
    });
  }

  /** @param {State} state */
  render(state) {
    const { active, activeKey, me } = state;
    const { log, lines, earlier } = this;
    if (!log || !lines || !earlier) return;
    if (activeKey !== this.#shownKey) {
      this.#shownKey = activeKey;
      this.#follows = true;
    }
    if (this.#follows) active?.forgetOldest();
    const fromEnd = log.scrollHeight - log.scrollTop;
    const first = lines.firstElementChild;
    const shown = [...(active?.lines ?? []), ...state.postsTo(activeKey)];
    const wanted = shown.map((line) => this.#elementFor(line, me.name));
    reconcile(lines, wanted);
    markBlocks(shown, wanted);
    earlier.hidden = !active?.hasEarlier || active.oldestId === undefined;
    if (this.#follows) this.#scrollToEnd();
    else if (first !== lines.firstElementChild) log.scrollTop = log.scrollHeight - fromEnd;
  }

  /** @param {Line} line @param {string} myName */
  #elementFor(line, myName) {
    const known = this.#elements.get(line);
    if (known) return known;
    const element = elementOf(line, myName);
    this.#elements.set(line, element);
    return element;
  }

  #isNearEnd() {
    const { log } = this;
    return !log || log.scrollHeight - log.scrollTop - log.clientHeight < END_NEAR;
  }

  #scrollToEnd() {
    if (this.log) this.log.scrollTop = this.log.scrollHeight;
  }
}

/** @param {Line} line @param {string} myName */
function elementOf(line, myName) {
  const { kind, from, text, state = '', mentionsMe } = line;
  const classes = `line ${kind} ${state} ${from === myName ? 'mine' : ''} ${mentionsMe ? 'mention' : ''}`;
  const words = make('p', { class: 'text', dir: 'auto' }, text);
  if (kind !== 'message') return make('div', { class: classes }, words, ...deliveryOf(line), timeOf(line));
  const meta = make('p', { class: 'meta' }, make('bdi', { class: 'author' }, from), timeOf(line));
  return make('div', { class: classes }, avatar(from), make('div', {}, meta, words, ...deliveryOf(line)));
}

/** How far what one wrote has come. @param {Line} line */
function deliveryOf({ state, reason, ref }) {
  if (state === 'pending') return [make('p', { class: 'delivery' }, 'Sending…')];
  if (state !== 'failed') return [];
  const delivery = make('p', { class: 'delivery' }, `Not sent: ${reason} `);
  for (const [type, words] of [
    ['post-retry', 'Retry'],
    ['post-discard', 'Discard'],
  ]) {
    const button = make('button', {}, words ?? '');
    button.type = 'button';
    button.addEventListener('click', () => announce(button, type ?? '', ref));
    delivery.append(button);
  }
  return [delivery];
}

/** @param {Line} line */
function timeOf({ ts }) {
  const date = new Date(ts * 1_000);
  const time = make('time', { title: calendar.format(date) }, clock.format(date));
  time.dateTime = date.toISOString();
  return time;
}

/**
 * Messages of one author in a row are one block: the name and time show once.
 * @param {Line[]} lines
 * @param {HTMLElement[]} elements
 */
function markBlocks(lines, elements) {
  lines.forEach((line, i) => {
    const before = lines[i - 1];
    const goesOn =
      line.kind === 'message' &&
      before?.kind === 'message' &&
      before.from === line.from &&
      line.ts - before.ts < BLOCK_GAP;
    elements[i]?.classList.toggle('goes-on', goesOn);
  });
}

customElements.define('message-log', MessageLog);
