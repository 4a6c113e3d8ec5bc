// @ts-check

/** @import { StateValue } from '../../../../src/inspect/wire.ts' */
/** @import { Machine, State } from './machine.js' */

/**
 * The states that an actor is in: all of them, the outer ones too.
 * @param {Machine} machine
 * @param {StateValue | undefined | null} value
 * @returns {Set<State>} outer ones before inner ones
 */
export function presentStates({ root }, value) {
  /** @type {Set<State>} */
  const present = new Set();
  /** @param {State} state @param {StateValue | undefined | null} value */
  function enter(state, value) {
    present.add(state);
    for (const [key, inner] of regionsOf(value)) {
      const child = state.states.find((each) => each.key === key);
      if (child) enter(child, inner);
    }
  }
  if (value !== undefined && value !== null) enter(root, value);
  return present;
}

/**
 * As the list of actors has it: `occupied`; `watched.feed.calm, watched.report.waiting`.
 * @param {StateValue | undefined | null} value
 */
export function stateWords(value) {
  return pathsOf(value).join(', ');
}

/** Nobody nests as deep; a file that someone else has made may. */
const DEEPEST = 40;

/** @param {StateValue | undefined | null} value @returns {string[]} */
function pathsOf(value, depth = 0) {
  if (depth > DEEPEST) return [];
  return regionsOf(value).flatMap(([key, inner]) => {
    const paths = pathsOf(inner, depth + 1);
    return paths.length === 0 ? [key] : paths.map((path) => `${key}.${path}`);
  });
}

/** @param {StateValue | undefined | null} value @returns {[key: string, inner: StateValue | undefined][]} */
function regionsOf(value) {
  if (typeof value === 'string') return [[value, undefined]];
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
