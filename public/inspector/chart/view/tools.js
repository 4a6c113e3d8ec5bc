// @ts-check
import { make } from '../../../dom.js';
import { ZOOM_STEP } from './gestures.js';

/** @import { Viewport } from './viewport.js' */

/** @param {Viewport} viewport */
export function makeTools(viewport) {
  return make(
    'div',
    { class: 'tools' },
    button('−', 'Zoom out', () => viewport.zoomBy(1 / ZOOM_STEP)),
    button('+', 'Zoom in', () => viewport.zoomBy(ZOOM_STEP)),
    button('Fit', 'Fit the whole chart', () => viewport.fit()),
  );
}

/** @param {string} sign @param {string} name @param {() => void} act */
function button(sign, name, act) {
  const made = make('button', { 'aria-label': name, title: name }, sign);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}
