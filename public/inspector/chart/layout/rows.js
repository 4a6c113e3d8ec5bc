// @ts-check

/** @import { Transition } from '../model/transitions.js' */

/**
 * How wide text is, and how large letters are: known to the page alone.
 * @typedef {object} Metrics
 * @property {(text: string, style: 'name' | 'event' | 'small') => number} widthOf in pixels
 * @property {number} rem pixels
 */

/**
 * A line of text in a state's box or on an arrow; places are relative to the row's left upper corner.
 * @typedef {object} Row
 * @property {Piece[]} pieces
 * @property {number} width
 * @property {number} height
 * @property {string} [event] the descriptor, of a row of transitions
 * @property {boolean} [hasCountdown] there is room at its end for the time that is left of a delay
 */

/**
 * @typedef {object} Piece
 * @property {string} text
 * @property {'event' | 'guard' | 'word' | 'action'} kind
 * @property {number} x
 * @property {number} width
 * @property {Transition} [transition] that it tells of
 */

/** In rem. */
const ROW_HEIGHT = 1.25;
const ACTION_HEIGHT = 1.1;
const GAP = 0.4;
/** A guard among several has a plate of its own. */
const PLATE = 0.3;
/** Holds `00.0 s`, or `00 min`. */
const COUNTDOWN = 2.6;

/** Letters of a name, where it is cut, and of a line of actions. */
const LONGEST = 36;

/**
 * The transitions under one descriptor, as one line: the event, then the guards in the order in which they are tried.
 * @param {Transition[]} choices at least one
 * @param {Metrics} metrics
 * @returns {Row}
 */
export function transitionRow(choices, metrics) {
  const [first] = choices;
  if (!first) return textRow([], metrics);
  const words = first.isReentering ? `${first.words} ↻` : first.words;
  const isAlone = choices.length === 1;
  const row = textRow(
    [
      { text: words, kind: 'event', transition: isAlone ? first : undefined },
      ...choices
        .filter(({ guard }) => guard !== '')
        .map((transition) => ({
          text: isAlone ? `[${shortened(transition.guard)}]` : shortened(transition.guard),
          kind: /** @type {const} */ ('guard'),
          transition,
        })),
    ],
    metrics,
  );
  row.event = first.event;
  if (first.kind === 'after') {
    row.hasCountdown = true;
    row.width += (GAP + COUNTDOWN) * metrics.rem;
  }
  return row;
}

/**
 * As many lines as they take.
 * @param {string} word what the actions belong to; empty if the line above says so
 * @param {string[]} names
 * @param {Metrics} metrics
 */
export function actionRows(word, names, metrics) {
  /** @type {string[]} */
  const lines = [];
  for (const [i, name] of names.map(shortened).entries()) {
    const text = i < names.length - 1 ? `${name},` : name;
    const last = lines.at(-1);
    if (last === undefined || last.length + text.length > LONGEST) lines.push(text);
    else lines[lines.length - 1] = `${last} ${text}`;
  }
  const indent = word === '' ? 0 : metrics.widthOf(word, 'small') + GAP * metrics.rem;
  return lines.map((text, i) => {
    const row = textRow([{ text, kind: 'action' }], metrics);
    for (const piece of row.pieces) piece.x += indent;
    if (i === 0 && word !== '') row.pieces.unshift({ text: word, kind: 'word', x: 0, width: indent });
    return { ...row, width: row.width + indent, height: ACTION_HEIGHT * metrics.rem };
  });
}

/** Those under the same descriptor together. @param {Transition[]} transitions */
export function byEvent(transitions) {
  /** @type {Map<string, Transition[]>} */
  const groups = new Map();
  for (const transition of transitions) {
    const group = groups.get(transition.event);
    if (group) group.push(transition);
    else groups.set(transition.event, [transition]);
  }
  return [...groups.values()];
}

/** @param {string} text */
export function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * @param {Pick<Piece, 'text' | 'kind' | 'transition'>[]} texts
 * @param {Metrics} metrics
 * @returns {Row}
 */
function textRow(texts, { widthOf, rem }) {
  let x = 0;
  const plates = texts.filter(({ kind }) => kind === 'guard').length > 1 ? PLATE * rem : 0;
  const pieces = texts.map((piece) => {
    const margin = piece.kind === 'guard' ? plates : 0;
    const width = widthOf(piece.text, piece.kind === 'event' ? 'event' : 'small') + 2 * margin;
    const placed = { ...piece, x: x + margin, width: width - 2 * margin };
    x += width + (margin > 0 ? GAP / 2 : GAP) * rem;
    return placed;
  });
  return { pieces, width: Math.max(0, x - GAP * rem), height: ROW_HEIGHT * rem };
}
