// @ts-check
import { leavesOf } from '../record/state-value.js';

/** @import { Message } from './lane.js' */

/**
 * What a change comes to, without what was the same before and after it: `calm → crowded`.
 * @param {Message['change']} change
 * @returns {{ from: string, to: string } | undefined} none when the state stayed; `from` is empty at the start
 */
export function changeWords(change) {
  if (!change) return undefined;
  const before = change.from === null ? [] : leavesOf(change.from);
  const after = leavesOf(change.to);
  const left = before.filter((leaf) => !after.includes(leaf));
  const entered = after.filter((leaf) => !before.includes(leaf));
  if (left.length === 0 && entered.length === 0) return undefined;
  const shared = commonRegion([...left, ...entered]);
  return {
    from: left.map((leaf) => leaf.slice(shared)).join(', '),
    to: entered.map((leaf) => leaf.slice(shared)).join(', '),
  };
}

/** How many characters of the regions' names all paths begin with. @param {string[]} paths */
function commonRegion([first = '', ...others]) {
  let end = 0;
  for (let dot = first.indexOf('.'); dot >= 0; dot = first.indexOf('.', dot + 1)) {
    const region = first.slice(0, dot + 1);
    if (!others.every((path) => path.startsWith(region))) break;
    end = dot + 1;
  }
  return others.length === 0 ? 0 : end;
}
