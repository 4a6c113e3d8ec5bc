// @ts-check

/** @import { Drawing } from './drawing.js' */

/** Milliseconds that a pulse takes along an arrow, and after how many the next of several begins. */
const PULSE = 700;
const APART = 450;

/** How much of an arrow a pulse covers, of its 100 parts. */
const LENGTH = 22;

/** @param {Drawing} drawing @param {ReadonlySet<string>} ids of the states that are present */
export function light({ states }, ids) {
  for (const [id, state] of states) state.toggleAttribute('data-lit', ids.has(id));
}

/**
 * Marks the transitions that were taken last, until others are; a pulse runs along each, one after the other.
 * @param {Drawing} drawing
 * @param {string[]} keys in their order
 */
export function mark(drawing, keys) {
  unmark(drawing);
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  for (const [i, key] of keys.entries()) {
    const timing = { duration: PULSE, delay: i * APART, easing: 'ease-in-out' };
    for (const arrow of drawing.arrows.get(key) ?? []) {
      arrow.toggleAttribute('data-taken', true);
      // The one that was taken last lies over those that it crosses.
      arrow.parentElement?.append(arrow);
      if (!isStill) arrow.querySelector('.pulse')?.animate(ALONG, timing);
    }
    for (const choice of drawing.choices.get(key) ?? []) {
      choice.toggleAttribute('data-taken', true);
      if (!isStill) choice.querySelector('.plate')?.animate(RIPPLE, timing);
    }
  }
}

/** @param {Drawing} drawing */
function unmark({ root }) {
  for (const marked of root.querySelectorAll('[data-taken]')) {
    marked.toggleAttribute('data-taken', false);
    for (const animation of marked.getAnimations({ subtree: true })) animation.cancel();
  }
}

const ALONG = [
  { strokeDasharray: `${LENGTH} 200`, strokeDashoffset: LENGTH, opacity: 1 },
  { strokeDasharray: `${LENGTH} 200`, strokeDashoffset: -100, opacity: 1 },
];

/** Around the words, whose ground is there all the while: they stay readable. */
const RIPPLE = [
  { strokeWidth: '0', strokeOpacity: 0.7 },
  { strokeWidth: '14px', strokeOpacity: 0 },
];
