// @ts-check
import { announce, find, make, reconcile } from '../dom.js';
import { avatar } from './avatar.js';

/** @import { Line } from '../room.js' */
/** @import { State } from '../state.js' */

/** Seconds between two messages of one author that are still shown as one block. */
const BLOCK_GAP = 5 * 60;
/** Pixels from the end within which the log follows what comes. */
const END_NEAR = 60;

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** What was said in the open room. Announces `history-earlier`. */
export class MessageLog extends HTMLElement {
  /** @type {WeakMap<Line, HTMLElement>} */
  #elements = new WeakMap();
  #shownRoom = '';

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

  #follows = true;

  /** @param {State} state */
  render({ activeRoom, active, me }) {
    const { log, lines, earlier } = this;
    if (!log || !lines || !earlier) return;
    if (active !== this.#shownRoom) {
      this.#shownRoom = active;
      this.#follows = true;
    }
    if (this.#follows) activeRoom?.forgetOldest();
    const fromEnd = log.scrollHeight - log.scrollTop;
    const first = lines.firstElementChild;
    const wanted = (activeRoom?.lines ?? []).map((line) => this.#elementFor(line, me.name));
    reconcile(lines, wanted);
    markBlocks(activeRoom?.lines ?? [], wanted);
    earlier.hidden = !activeRoom?.hasEarlier || activeRoom.oldestId === undefined;
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
  const { kind, from, text } = line;
  const mine = from === myName ? ' mine' : '';
  const words = make('p', { class: 'text', dir: 'auto' }, text);
  if (kind === 'message' || kind === 'private') {
    const meta = make('p', { class: 'meta' }, ...byline(line, myName), timeOf(line));
    return make('div', { class: `line ${kind}${mine}` }, avatar(from), make('div', {}, meta, words));
  }
  return make('div', { class: `line ${kind}${mine}` }, words, timeOf(line));
}

/** @param {Line} line @param {string} myName */
function byline({ kind, from, to = '' }, myName) {
  const author = make('bdi', { class: 'author' }, from);
  if (kind === 'message') return [author];
  const aside = from === myName ? make('span', {}, 'privately to ', make('bdi', {}, to)) : 'privately to you';
  const label = make('span', { class: 'aside' }, aside);
  return [author, label];
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
