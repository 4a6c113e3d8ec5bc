// @ts-check
import { make } from '../dom.js';
import { messageLine } from './message-line.js';

/** @import { Line } from '../conversations/line.js' */

/**
 * @typedef {object} Row
 * @property {Line} line
 * @property {number} day on which it was said: its first millisecond
 * @property {HTMLElement} element
 * @property {string} look what is drawn of it; empty before it is drawn
 */

/** Seconds between two messages of one author that are still shown as one block. */
const BLOCK_GAP = 5 * 60;
/** Rows that the browser lays out, or leaves out while they are far off, together. */
const CHUNK = 50;

const calendar = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const calendarWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** The rows of the log, each a line with what stands above it: the day, where unread begins. Touches only what changes. */
export class MessageRows {
  /** @type {Row[]} */
  #rows = [];
  #parent;

  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.#parent = parent;
  }

  get count() {
    return this.#rows.length;
  }

  /** @returns {Line | undefined} */
  get first() {
    return this.#rows[0]?.line;
  }

  /** @param {number | undefined} id */
  rowOf(id) {
    return id === undefined ? undefined : this.#rows.find(({ line }) => line.id === id)?.element;
  }

  /** The row that is at a height of the window, or the first below it. @param {number} y */
  rowAt(y) {
    for (const chunk of this.#parent.children) {
      if (chunk.getBoundingClientRect().bottom <= y) continue;
      for (const row of chunk.children) if (row.getBoundingClientRect().bottom > y) return row;
    }
    return undefined;
  }

  clear() {
    this.#rows = [];
    this.#parent.replaceChildren();
  }

  /**
   * @param {Line[]} lines
   * @param {{ myName: string, firstUnreadId: number | undefined }} view
   */
  show(lines, view) {
    // What comes and goes at the start is done first: then the rest differs in one place.
    const dropped = this.#rows.findIndex(({ line }) => line === lines[0]);
    if (dropped > 0) this.#replace(0, dropped, []);
    const added = this.first ? lines.indexOf(this.first) : 0;
    if (added > 0) this.#replace(0, 0, lines.slice(0, added));

    const shared = Math.min(this.#rows.length, lines.length);
    let start = 0;
    while (start < shared && this.#rows[start]?.line === lines[start]) start++;
    let end = 0;
    while (end < shared - start && this.#rows.at(-1 - end)?.line === lines.at(-1 - end)) end++;
    this.#replace(start, this.#rows.length - start - end, lines.slice(start, lines.length - end));
    this.#dress(view);
  }

  /** @param {number} at @param {number} count @param {Line[]} lines */
  #replace(at, count, lines) {
    if (count === 0 && lines.length === 0) return;
    const gone = this.#rows.slice(at, at + count);
    const known = new Map(gone.map((row) => [keyOf(row.line), row]));
    const rows = lines.map((line) => rowFor(line, known.get(keyOf(line))));
    this.#rows.splice(at, count, ...rows);
    if (rows.length === gone.length && rows.every((row, i) => row.element === gone[i]?.element)) return;
    for (const { element } of gone) {
      const chunk = element.parentElement;
      element.remove();
      if (chunk?.childElementCount === 0) chunk.remove();
    }
    this.#place(at, rows);
  }

  /** @param {number} at @param {Row[]} rows */
  #place(at, rows) {
    const elements = rows.map(({ element }) => element);
    const before = this.#rows[at - 1]?.element;
    const after = this.#rows[at + rows.length]?.element;
    if (before && after) {
      before.after(...elements);
    } else if (after) {
      const chunks = [];
      for (let i = 0; i < elements.length; i += CHUNK) {
        const chunk = make('div', { class: 'chunk' }, ...elements.slice(i, i + CHUNK));
        chunks.push(chunk);
        settle(chunk);
      }
      this.#parent.prepend(...chunks);
    } else {
      for (const element of elements) this.#openChunk().append(element);
    }
  }

  /** The last chunk, with room for another row. */
  #openChunk() {
    const last = this.#parent.lastElementChild;
    if (last && last.childElementCount < CHUNK) return last;
    if (last) settle(last);
    const chunk = make('div', { class: 'chunk' });
    this.#parent.append(chunk);
    return chunk;
  }

  /** @param {{ myName: string, firstUnreadId: number | undefined }} view */
  #dress({ myName, firstUnreadId }) {
    const today = dayOf(Date.now() / 1_000);
    /** @type {Row | undefined} */
    let before;
    for (const row of this.#rows) {
      const { line, day } = row;
      const dayMark = day === before?.day ? '' : `day ${today}`;
      const isFirstUnread = line.id !== undefined && line.id === firstUnreadId;
      const goesOn = dayMark === '' && !isFirstUnread && before !== undefined && continues(line, before.line);
      before = row;
      const look = `${dayMark}${isFirstUnread ? ' unread' : ''}${goesOn ? ' goes-on' : ''} line`;
      if (look === row.look) continue;
      row.look = look;
      row.element.replaceChildren(
        ...(dayMark ? [make('p', { class: 'day' }, make('span', {}, dayName(day, today)))] : []),
        ...(isFirstUnread ? [make('p', { class: 'first-unread' }, make('span', {}, 'New'))] : []),
        messageLine(line, myName, goesOn),
      );
    }
  }
}

/**
 * A row for a line: the one of the pending line that it takes the place of, if there is one.
 * @param {Line} line
 * @param {Row | undefined} known
 * @returns {Row}
 */
function rowFor(line, known) {
  return { line, day: dayOf(line.ts), element: known?.element ?? make('div', { class: 'row' }), look: '' };
}

/** @param {Line} line */
function keyOf(line) {
  return line.ref ?? line.id ?? line;
}

/** Messages of one author in a row are one block: the name and time show once. @param {Line} line @param {Line} before */
function continues(line, before) {
  return (
    line.kind === 'message' &&
    before.kind === 'message' &&
    before.from === line.from &&
    line.ts - before.ts < BLOCK_GAP
  );
}

/** Lets the browser leave a chunk out while it is out of sight, once it has been laid out and its height is known. @param {Element} chunk */
function settle(chunk) {
  requestAnimationFrame(() => requestAnimationFrame(() => chunk.classList.add('settled')));
}

/** @param {number} ts */
function dayOf(ts) {
  return new Date(ts * 1_000).setHours(0, 0, 0, 0);
}

/** @param {number} day @param {number} today */
function dayName(day, today) {
  const ago = Math.round((today - day) / 86_400_000);
  if (ago === 0 || ago === 1) {
    const [first = '', ...rest] = relative.format(-ago, 'day');
    return first.toLocaleUpperCase() + rest.join('');
  }
  const isThisYear = new Date(day).getFullYear() === new Date(today).getFullYear();
  return (isThisYear ? calendar : calendarWithYear).format(day);
}
