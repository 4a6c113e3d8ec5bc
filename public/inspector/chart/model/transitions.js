// @ts-check
import { actionNames, asList, guardWords, isRecord } from './config.js';
import { targetsOf } from './targets.js';

/** @import { TransitionView } from '../../../../src/inspect/wire.ts' */
/** @import { State } from './machine.js' */

/**
 * A transition as it is drawn. Source, event and index tell it apart, as they do on the wire.
 * @typedef {object} Transition
 * @property {string} key
 * @property {State} source
 * @property {string} event the descriptor that it stands under
 * @property {number} index which of several under it, from 0
 * @property {'event' | 'after' | 'always' | 'done' | 'error'} kind
 * @property {string} words what brings it about: `join.failed`, `after 30 s`, `always`
 * @property {string} guard `else` when it is taken because those before it are not; empty when always
 * @property {string[]} targets ids of states; none when the state takes the event and stays
 * @property {boolean} isReentering it leads back into the very state that it leaves
 * @property {string[]} actions
 * @property {string} description
 */

/** @param {Pick<TransitionView, 'source' | 'event' | 'index'>} transition */
export function keyOf({ source, event, index }) {
  return `${source} ${event} ${index}`;
}

/**
 * The transitions that a state itself has, in the order in which they are tried.
 * @param {State} state
 * @param {Record<string, unknown>} config
 * @param {Map<string, State>} states all of the machine
 * @returns {Transition[]}
 */
export function transitionsOf(state, config, states) {
  return groupsOf(state, config).flatMap(({ event, kind, words, choices }) =>
    asList(choices).map((choice, index) => {
      const { target, guard, actions, description } = isRecord(choice) ? choice : { target: choice };
      const targets = targetsOf(target, state, states);
      return {
        key: keyOf({ source: state.id, event, index }),
        source: state,
        event,
        index,
        kind,
        words,
        guard: guardWords(guard) || (index > 0 ? 'else' : ''),
        targets,
        isReentering: targets.length === 1 && targets[0] === state.id,
        actions: actionNames(actions),
        description: typeof description === 'string' ? description : '',
      };
    }),
  );
}

/**
 * By event. Those of XState itself are called as it calls them.
 * @param {State} state
 * @param {Record<string, unknown>} config
 * @returns {(Pick<Transition, 'event' | 'kind' | 'words'> & { choices: unknown })[]}
 */
function groupsOf(state, { always, on, after, onDone, invoke }) {
  const invokes = asList(invoke).filter(isRecord);
  return [
    { event: '', kind: 'always', words: 'always', choices: always },
    ...Object.entries(isRecord(on) ? on : {}).map(([event, choices]) => ({
      event,
      kind: /** @type {const} */ ('event'),
      words: event === '*' ? 'any other event' : event,
      choices,
    })),
    ...Object.entries(isRecord(after) ? after : {}).map(([delay, choices]) => ({
      event: `xstate.after.${delay}.${state.id}`,
      kind: /** @type {const} */ ('after'),
      words: `after ${delayWords(delay)}`,
      choices,
    })),
    { event: `xstate.done.state.${state.id}`, kind: 'done', words: 'done', choices: onDone },
    ...state.invokes.flatMap(({ id, name }, i) => [
      {
        event: `xstate.done.actor.${id}`,
        kind: /** @type {const} */ ('done'),
        words: `${name} done`,
        choices: invokes[i]?.onDone,
      },
      {
        event: `xstate.error.actor.${id}`,
        kind: /** @type {const} */ ('error'),
        words: `${name} failed`,
        choices: invokes[i]?.onError,
      },
      {
        event: `xstate.snapshot.${id}`,
        kind: /** @type {const} */ ('event'),
        words: `${name} changed`,
        choices: invokes[i]?.onSnapshot,
      },
    ]),
  ];
}

/** A name as it is; milliseconds in the unit that reads best. @param {string} delay */
function delayWords(delay) {
  const ms = Number(delay);
  if (delay.trim() === '' || !Number.isFinite(ms)) return delay;
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 120_000) return `${ms / 1_000} s`;
  return `${ms / 60_000} min`;
}
