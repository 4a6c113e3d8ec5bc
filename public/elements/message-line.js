// @ts-check
import { announce, make } from '../dom.js';
import { richText } from '../text/rich-text.js';
import { avatar } from './avatar.js';

/** @import { Line } from '../conversations/line.js' */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/**
 * What one line of the log shows. A line that goes on with what its author said before has no head of its own.
 * @param {Line} line
 * @param {string} myName
 * @param {boolean} goesOn
 */
export function messageLine(line, myName, goesOn) {
  const { kind, from, text, state = '', mentionsMe } = line;
  const isMine = from !== '' && from === myName;
  const marks = { [state]: state, mine: isMine, mention: mentionsMe, 'goes-on': goesOn };
  const classes = ['line', kind, ...Object.keys(marks).filter((mark) => marks[mark])].join(' ');
  const words = make('p', { class: 'text', dir: 'auto' });
  if (kind === 'answer') words.append(...rowsOf(text));
  else words.append(...richText(text, myName));
  const hasHead = kind === 'message' && !goesOn;
  return make(
    'div',
    { class: classes },
    hasHead ? avatar(from) : timeOf(line, true),
    make('div', { class: 'body' }, ...headOf(line, hasHead), words, ...deliveryOf(line)),
  );
}

/** Who said it, for those who listen also where the eye sees it from the line above. @param {Line} line @param {boolean} hasHead */
function headOf(line, hasHead) {
  if (hasHead)
    return [make('p', { class: 'meta' }, make('bdi', { class: 'author' }, line.from), timeOf(line))];
  return line.kind === 'message' ? [make('bdi', { class: 'visually-hidden' }, line.from)] : [];
}

/** The lines of an answer, which may be in columns. @param {string} text */
function rowsOf(text) {
  return text.split(/(?<=\n)/).map((row) => make('span', { class: 'columns' }, row));
}

/** How far what one wrote has come. @param {Line} line */
function deliveryOf({ state, reason, ref }) {
  if (state === 'pending') return [make('p', { class: 'delivery' }, 'Sending…')];
  if (state !== 'failed') return [];
  const delivery = make('p', { class: 'delivery' }, `Not sent: ${reason} `);
  for (const [type, words] of /** @type {const} */ ([
    ['post-retry', 'Retry'],
    ['post-discard', 'Discard'],
  ])) {
    const button = make('button', {}, words);
    button.type = 'button';
    button.addEventListener('click', () => {
      announce(button, 'composer-focus'); // The button is about to go.
      announce(button, type, ref);
    });
    delivery.append(button);
  }
  return [delivery];
}

/**
 * @param {Line} line
 * @param {boolean} [isShort] without the half of the day, for where there is little room
 */
function timeOf({ ts }, isShort = false) {
  const date = new Date(ts * 1_000);
  const words = isShort ? shortTime(date) : clock.format(date);
  const time = make('time', { title: exact.format(date) }, words);
  time.dateTime = date.toISOString();
  return time;
}

/** @param {Date} date */
function shortTime(date) {
  const parts = clock.formatToParts(date).filter(({ type }) => type !== 'dayPeriod');
  return parts
    .map(({ value }) => value)
    .join('')
    .trim();
}
