// @ts-check
import { make } from '../../../dom.js';
import { shape } from '../drawing/svg.js';

/** Stands where the chart would: why there is none. */
export class Notice {
  #text = make('p', {});
  element = make('div', { class: 'notice' }, sign(), this.#text);

  /** @param {string} text */
  say(text) {
    this.#text.textContent = text;
  }
}

/** A chart in small: a state, and the way to another that is not there. */
function sign() {
  return shape(
    'svg',
    { viewBox: '0 0 72 40', width: 72, height: 40, 'aria-hidden': 'true' },
    shape('rect', { class: 'present', x: 1, y: 11, width: 24, height: 18, rx: 5 }),
    shape('path', { class: 'way', d: 'M25 20H43M38 15l5 5-5 5' }),
    shape('rect', { class: 'absent', x: 47, y: 11, width: 24, height: 18, rx: 5 }),
  );
}
