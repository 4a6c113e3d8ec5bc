// @ts-check
import { actionNames, asList, isRecord, nameOf } from './config.js';
import { targetsOf } from './targets.js';
import { transitionsOf } from './transitions.js';

/** @import { Transition } from './transitions.js' */

/**
 * A state as it is drawn.
 * @typedef {object} State
 * @property {string} id whole: `room.occupied`
 * @property {string} key its name among its siblings
 * @property {State | undefined} parent
 * @property {'atomic' | 'compound' | 'parallel' | 'final' | 'history'} kind
 * @property {boolean} isDeep of a history state: it remembers what is nested too
 * @property {string} description
 * @property {string[]} entry names of actions
 * @property {string[]} exit names of actions
 * @property {{ id: string, name: string }[]} invokes actors that live while the state is present
 * @property {State[]} states
 * @property {string[]} initial ids of the states that it begins in, or that a history state falls back to
 * @property {Transition[]} transitions
 */

/**
 * @typedef {object} Machine
 * @property {string} id
 * @property {State} root
 * @property {Map<string, State>} states all, by their ids, outer ones before inner ones
 */

/** Beyond these a picture says nothing, and the layout takes minutes. */
const DEEPEST = 40;
const MOST_STATES = 1_000;

/**
 * Reads what a machine says of itself. Whatever it says, it never throws: what cannot be understood is left out.
 * @param {string} text the JSON of a machine's `config`
 * @returns {Machine | string} or why there is nothing to draw, as a sentence
 */
export function readMachine(text) {
  const config = parse(text);
  if (!isRecord(config)) return 'The definition of this actor cannot be read.';
  const id = typeof config.id === 'string' && config.id !== '' ? config.id : '(machine)';
  if (!isRecord(config.states) || Object.keys(config.states).length === 0) {
    return `“${id}” is not a state machine, so there is no chart of it.`;
  }
  /** @type {Map<string, State>} */
  const states = new Map();
  /** @type {Map<State, Record<string, unknown>>} */
  const configs = new Map();

  /**
   * @param {string} key
   * @param {Record<string, unknown>} config
   * @param {string[]} path
   * @param {State | undefined} parent
   * @returns {State | undefined}
   */
  function stateOf(key, config, path, parent) {
    const ownId = typeof config.id === 'string' && config.id !== '' ? config.id : [id, ...path].join('.');
    if (path.length > DEEPEST || states.size >= MOST_STATES || states.has(ownId)) return undefined;
    /** @type {State} */
    const state = {
      id: ownId,
      key,
      parent,
      kind: kindOf(config),
      isDeep: config.history === 'deep',
      description: typeof config.description === 'string' ? config.description : '',
      entry: actionNames(config.entry),
      exit: actionNames(config.exit),
      invokes: asList(config.invoke)
        .filter(isRecord)
        .map((invoke, i) => ({
          id: typeof invoke.id === 'string' ? invoke.id : `${i}.${ownId}`,
          name: nameOf(invoke.src) || 'actor',
        })),
      states: [],
      initial: [],
      transitions: [],
    };
    states.set(ownId, state);
    configs.set(state, config);
    for (const [childKey, child] of Object.entries(isRecord(config.states) ? config.states : {})) {
      const inner = stateOf(childKey, isRecord(child) ? child : {}, [...path, childKey], state);
      if (inner) state.states.push(inner);
    }
    return state;
  }

  const root = stateOf(id, config, [], undefined);
  if (!root) return 'The definition of this actor cannot be read.';
  // Only now that all are known: a target may be anywhere.
  for (const [state, config] of configs) {
    state.initial = beginningOf(state, config, states);
    state.transitions = transitionsOf(state, config, states);
  }
  return { id, root, states };
}

/** @param {string} text @returns {unknown} */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @param {Record<string, unknown>} config @returns {State['kind']} */
function kindOf({ type, states, history }) {
  if (type === 'parallel' || type === 'final' || type === 'history') return type;
  if (isRecord(states) && Object.keys(states).length > 0) return 'compound';
  return history ? 'history' : 'atomic';
}

/**
 * @param {State} state
 * @param {Record<string, unknown>} config
 * @param {Map<string, State>} states
 */
function beginningOf(state, config, states) {
  if (state.kind === 'history') return targetsOf(config.target, state, states);
  if (state.kind !== 'compound') return [];
  const initial = isRecord(config.initial) ? config.initial.target : config.initial;
  // What a state begins in is named as seen from inside it.
  const inside = asList(initial).map((target) =>
    typeof target === 'string' && !target.startsWith('#') ? `.${target}` : target,
  );
  return targetsOf(inside, state, states);
}
