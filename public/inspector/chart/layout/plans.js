// @ts-check
import { layOut } from './elk.js';
import { planOf } from './plan.js';

/** @import { Machine } from '../model/machine.js' */
/** @import { Plan } from './plan.js' */
/** @import { Metrics } from './rows.js' */

/**
 * A machine with its plans: from left to right and from top to bottom, for whichever room there is.
 * @typedef {object} Planned
 * @property {Machine} machine
 * @property {Plan[]} plans
 */

/** Definitions that are kept. A server has three; recordings of many may be opened. */
const KEPT = 30;

/** By definition; those used last are last. @type {Map<string, { promise: Promise<Planned>, planned?: Planned }>} */
const known = new Map();

/** What has been laid out already, to be drawn at once. @param {string} definition */
export function knownPlan(definition) {
  return known.get(definition)?.planned;
}

/**
 * Once for each definition, however often and by how many it is asked for.
 * @param {string} definition
 * @param {Machine} machine what is in it
 * @param {Metrics} metrics
 * @returns {Promise<Planned>}
 * @throws Error when it cannot be laid out; the next try begins anew
 */
export function makePlan(definition, machine, metrics) {
  const entry = known.get(definition) ?? begin(definition, machine, metrics);
  known.delete(definition);
  known.set(definition, entry);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return entry.promise;
}

/** @param {string} definition @param {Machine} machine @param {Metrics} metrics */
function begin(definition, machine, metrics) {
  /** @type {{ promise: Promise<Planned>, planned?: Planned }} */
  const entry = {
    promise: Promise.all([
      planOf(machine, metrics, 'RIGHT', layOut),
      planOf(machine, metrics, 'DOWN', layOut),
    ]).then((plans) => ({ machine, plans })),
  };
  entry.promise.then(
    (planned) => {
      entry.planned = planned;
    },
    () => known.delete(definition),
  );
  return entry;
}

/**
 * The one that is shown greatest in a window of a size.
 * @param {Planned} planned
 * @param {{ width: number, height: number }} room of a window that is not shown it is 0
 */
export function planFor({ plans }, { width, height }) {
  const [w, h] = width > 0 && height > 0 ? [width, height] : [3, 2];
  const scale = (/** @type {Plan} */ plan) => Math.min(w / plan.width, h / plan.height);
  return plans.reduce((best, plan) => (scale(plan) > scale(best) ? plan : best));
}
