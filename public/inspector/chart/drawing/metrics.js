// @ts-check
import { shape } from './svg.js';

/** @import { Metrics } from '../layout/rows.js' */

/**
 * Measures text as the style sheet will show it.
 * @param {SVGSVGElement} picture in the page, with the chart's styles
 * @returns {Metrics}
 */
export function measuring(picture) {
  const context = document.createElement('canvas').getContext('2d');
  const fonts = {
    name: fontOf(picture, 'name'),
    event: fontOf(picture, 'event'),
    small: fontOf(picture, 'guard'),
  };
  /** @type {Map<string, number>} */
  const widths = new Map();
  return {
    rem: Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16,
    widthOf(text, style) {
      const key = `${style} ${text}`;
      let width = widths.get(key);
      if (width === undefined) {
        if (context) context.font = fonts[style];
        width = context?.measureText(text).width ?? 7 * text.length;
        widths.set(key, width);
      }
      return width;
    },
  };
}

/** @param {SVGSVGElement} picture @param {string} name class */
function fontOf(picture, name) {
  const probe = shape('text', { class: name });
  picture.append(probe);
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(probe);
  probe.remove();
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
}
