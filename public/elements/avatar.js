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

/** @param {string} name */
function hueOf(name) {
  let hash = 7;
  for (const char of name.toLowerCase()) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return (hash * 47) % 360;
}
