// @ts-check
import { RATES_KEPT } from '../rates.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 120;
const HEIGHT = 36;

/** A line over the last minutes, with the ground below it filled; newest at the right. */
export class RateChart extends HTMLElement {
  #area = shape('path', { class: 'area' });
  #line = shape('path', { class: 'line', 'vector-effect': 'non-scaling-stroke' });
  #picture = shape(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' },
    this.#area,
    this.#line,
  );

  connectedCallback() {
    this.append(this.#picture);
    this.show([]);
  }

  /** @param {readonly number[]} rates oldest first */
  show(rates) {
    const top = Math.max(1, ...rates);
    const step = WIDTH / (RATES_KEPT - 1);
    const start = WIDTH - (rates.length - 1) * step;
    const points = rates.map((rate, i) => {
      const y = HEIGHT - 2 - (rate / top) * (HEIGHT - 6);
      return `${(start + i * step).toFixed(1)} ${y.toFixed(1)}`;
    });
    this.#line.setAttribute('d', points.length > 1 ? `M${points.join('L')}` : '');
    this.#area.setAttribute(
      'd',
      points.length > 1 ? `M${start.toFixed(1)} ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z` : '',
    );
    this.#picture.setAttribute('aria-label', inWords(rates));
  }
}

/** @param {readonly number[]} rates */
function inWords(rates) {
  const now = rates.at(-1);
  if (now === undefined) return 'Messages a minute: not measured yet';
  return `Messages a minute: ${Math.round(now)} now, ${Math.round(Math.max(...rates))} at most in the last minutes`;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {SVGElement[]} children
 */
function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return /** @type {SVGElement} */ (element);
}

customElements.define('rate-chart', RateChart);
