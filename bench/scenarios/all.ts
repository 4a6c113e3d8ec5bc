import type { Scale, Scenario } from '../scenario.ts';
import { accept, acceptAgain, acceptTold, memory } from './arrivals.ts';
import { durable, durableBurst } from './durable.ts';
import { burst, growth, paced } from './fan-out.ts';
import { inspector, inspectorArrival, inspectorBurst } from './inspector.ts';
import { join } from './join.ts';
import { leaving } from './leaving.ts';
import { others, rooms } from './rooms.ts';
import { roomsMade } from './rooms-made.ts';
import { stalled, steady } from './steady.ts';

/** What runs when nothing is named. */
const usual = [
  paced,
  burst,
  steady,
  rooms,
  others,
  memory,
  accept,
  acceptAgain,
  acceptTold,
  join,
  leaving,
  stalled,
  roomsMade,
  growth,
];
const named = [durable, durableBurst, inspector, inspectorBurst, inspectorArrival];

/**
 * @param names of scenarios; none means the usual ones
 * @throws Error that lists the names when one is unknown
 */
export function scenarios(names: readonly string[], scale: Scale): Scenario[] {
  const all = [...usual, ...named].map((make) => make(scale));
  const unknown = names.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is none of: ${all.map(({ name }) => name).join(' ')}`);
  }
  return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all.slice(0, usual.length);
}
