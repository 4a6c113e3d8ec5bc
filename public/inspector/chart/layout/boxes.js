// @ts-check
import { actionRows, byEvent, shortened, transitionRow } from './rows.js';

/** @import { State } from '../model/machine.js' */
/** @import { Transition } from '../model/transitions.js' */
/** @import { Metrics, Row } from './rows.js' */

/**
 * What stands in a state's box above the states in it, and how much room that takes.
 * @typedef {object} Box
 * @property {string} title
 * @property {number} width
 * @property {number} height
 * @property {(Row & { x: number, y: number })[]} rows
 * @property {number} headHeight of the part with a ground of its own: the name, or all if there are states below it
 * @property {number} [ruleAt] where a line parts what the state does from what it answers to
 */

/** In rem. */
const SIDE = 0.75;
const HEAD = 1.9;
const BOTTOM = 0.5;
const COLUMN_GAP = 1.25;
const NARROWEST = 5.5;
/** Rows of a state with states in it stand in columns when there are more: it is wide, and height is dear. */
const COLUMN = 4;
const MOST_COLUMNS = 3;

/**
 * @param {State} state
 * @param {Metrics} metrics
 * @returns {Box}
 */
export function boxOf(state, metrics) {
  const { rem, widthOf } = metrics;
  if (state.kind === 'history')
    return { title: state.isDeep ? 'H*' : 'H', width: 2 * rem, height: 2 * rem, headHeight: 0, rows: [] };
  const title = shortened(state.key);
  const does = [
    ...actionRows('entry', state.entry, metrics),
    ...actionRows('exit', state.exit, metrics),
    ...state.invokes.flatMap(({ name }) => actionRows('invoke', [name], metrics)),
  ];
  const answers = byEvent(state.transitions.filter(isStaying)).map((each) => transitionRow(each, metrics));

  const rows = inColumns(does, 1, SIDE * rem, HEAD * rem, rem);
  let bottom = HEAD * rem + heightOf(does);
  let ruleAt;
  if (answers.length > 0) {
    const columns = state.states.length > 0 ? Math.min(MOST_COLUMNS, Math.ceil(answers.length / COLUMN)) : 1;
    if (does.length > 0) {
      ruleAt = bottom + 0.25 * rem;
      bottom = ruleAt + 0.35 * rem;
    }
    const placed = inColumns(answers, columns, SIDE * rem, bottom, rem);
    rows.push(...placed);
    bottom = Math.max(...placed.map(({ y, height }) => y + height));
  }
  const widest = Math.max(widthOf(title, 'name'), ...rows.map(({ x, width }) => x + width - SIDE * rem));
  const height = Math.ceil(bottom + (rows.length > 0 ? BOTTOM * rem : 0.1 * rem));
  return {
    title,
    width: Math.ceil(Math.max(NARROWEST * rem, widest + 2 * SIDE * rem)),
    height,
    headHeight: state.states.length > 0 ? height : HEAD * rem,
    rows,
    ruleAt,
  };
}

/** A line in the box says more than an arrow that goes round to where it began. @param {Transition} transition */
export function isStaying({ targets, isReentering }) {
  return targets.length === 0 || isReentering;
}

/**
 * @param {Row[]} rows
 * @param {number} columns
 * @param {number} left
 * @param {number} top
 * @param {number} rem
 */
function inColumns(rows, columns, left, top, rem) {
  const each = Math.ceil(rows.length / columns);
  let x = left;
  return Array.from({ length: columns }, (_, i) => rows.slice(i * each, (i + 1) * each)).flatMap((column) => {
    let y = top;
    const placed = column.map((row) => {
      const at = { ...row, x, y };
      y += row.height;
      return at;
    });
    x += Math.max(0, ...column.map(({ width }) => width)) + COLUMN_GAP * rem;
    return placed;
  });
}

/** @param {Row[]} rows */
function heightOf(rows) {
  return rows.reduce((sum, { height }) => sum + height, 0);
}
