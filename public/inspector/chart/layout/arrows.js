// @ts-check
import { isStaying } from './boxes.js';
import { actionRows, byEvent, transitionRow } from './rows.js';

/** @import { Machine } from '../model/machine.js' */
/** @import { Transition } from '../model/transitions.js' */
/** @import { Metrics, Row } from './rows.js' */

/**
 * From one state to another, for all the transitions that lead this way: one arrow with several lines reads better
 * than several side by side.
 * @typedef {object} Arrow
 * @property {string} source id of a state
 * @property {string} target
 * @property {Transition[]} transitions
 * @property {Label} label
 */

/**
 * @typedef {object} Label
 * @property {number} width
 * @property {number} height
 * @property {(Row & { x: number, y: number })[]} rows
 */

/** In rem. */
const SIDE = 0.45;
const TOP = 0.2;

/**
 * @param {Machine} machine
 * @param {Metrics} metrics
 * @returns {Arrow[]}
 */
export function arrowsOf(machine, metrics) {
  return [...machine.states.values()].flatMap((state) => {
    /** @type {Map<string, Transition[]>} */
    const byTarget = new Map();
    for (const transition of state.transitions.filter((each) => !isStaying(each))) {
      for (const target of new Set(transition.targets)) {
        byTarget.set(target, [...(byTarget.get(target) ?? []), transition]);
      }
    }
    return [...byTarget].map(([target, transitions]) => ({
      source: state.id,
      target,
      transitions,
      label: labelOf(transitions, metrics),
    }));
  });
}

/**
 * @param {Transition[]} transitions
 * @param {Metrics} metrics
 * @returns {Label}
 */
function labelOf(transitions, metrics) {
  const { rem } = metrics;
  const rows = byEvent(transitions).flatMap((choices) => {
    const actions = [...new Set(choices.flatMap(({ actions }) => actions))];
    return [transitionRow(choices, metrics), ...actionRows('', actions, metrics)];
  });
  let y = TOP * rem;
  const placed = rows.map((row) => {
    const at = { ...row, x: SIDE * rem, y };
    y += row.height;
    return at;
  });
  return {
    width: Math.ceil(Math.max(...rows.map(({ width }) => width)) + 2 * SIDE * rem),
    height: Math.ceil(y + TOP * rem),
    rows: placed,
  };
}
