// @ts-check
import { asList } from './config.js';

/** @import { State } from './machine.js' */

/**
 * The states that a transition leads to, by the rules of XState: `#id` from anywhere, `.child` from the state
 * itself, and else a sibling; each may go on to nested ones.
 * @param {unknown} target
 * @param {State} source
 * @param {Map<string, State>} states all of the machine
 * @returns {string[]} ids; what leads nowhere is left out
 */
export function targetsOf(target, source, states) {
  return asList(target)
    .map((each) => (typeof each === 'string' ? targetOf(each, source, states)?.id : undefined))
    .filter((id) => id !== undefined);
}

/** @param {string} target @param {State} source @param {Map<string, State>} states */
function targetOf(target, source, states) {
  if (target.startsWith('#')) {
    const whole = states.get(target.slice(1));
    if (whole) return whole;
    const [id = '', ...path] = stepsOf(target.slice(1));
    return descend(states.get(id), path);
  }
  if (target.startsWith('.')) return descend(source, stepsOf(target.slice(1)));
  return descend(source.parent, stepsOf(target));
}

/** @param {State | undefined} from @param {string[]} path */
function descend(from, path) {
  let state = from;
  for (const step of path) state = state?.states.find(({ key }) => key === step);
  return state;
}

/** At the dots but those after a backslash. @param {string} path */
function stepsOf(path) {
  return [...path.matchAll(/(?:\\.|[^.\\])+/gs)].map(([step]) => step.replace(/\\(.)/gs, '$1'));
}
