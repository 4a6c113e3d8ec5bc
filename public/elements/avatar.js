// @ts-check
import { make } from '../dom.js';

/**
 * A disc with the first letter of a name, in a colour that is always the same for that name.
 * @param {string} name
 */
export function avatar(name) {
  const [initial = ''] = name;
  const disc = make('span', { class: 'avatar', 'aria-hidden': 'true' }, initial.toUpperCase());
  disc.style.setProperty('--hue', String(hueOf(name)));
  return disc;
}

/**
 * FNV-1a: names that differ in one letter get colours far apart.
 * @param {string} name
 */
function hueOf(name) {
  let hash = 0x811c9dc5;
  for (const char of name.toLowerCase()) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 8) % 360;
}
