// @ts-check
import { shape } from './svg.js';

/** @import { Row } from '../layout/rows.js' */
/** @import { Transition } from '../model/transitions.js' */

/** In rem: where letters stand in a row, and how far the plate behind a transition reaches beyond its words. */
const BASELINE = 0.875;
const OVERHANG = 0.25;

/**
 * A line of text. What tells of a transition is a group of its own, to be marked when the transition is taken.
 * @param {Row & { x: number, y: number }} row
 * @param {number} rem pixels
 */
export function drawRow(row, rem) {
  const group = shape('g', { class: 'row', transform: `translate(${row.x} ${row.y})` });
  /** @type {Map<Transition, SVGGElement>} */
  const choices = new Map();
  for (const { text, kind, x, width, transition } of row.pieces) {
    const words = shape('text', { class: kind, x, y: BASELINE * rem }, text);
    if (!transition) {
      group.append(words);
      continue;
    }
    let choice = choices.get(transition);
    if (!choice) {
      choice = drawChoice(transition, x, row.height, rem);
      choices.set(transition, choice);
      group.append(choice);
    }
    choice.append(words);
    choice
      .querySelector('.plate')
      ?.setAttribute('width', String(x + width + 2 * OVERHANG * rem - startOf(row, transition)));
  }
  // Those among several have a plate even while they are not taken: it parts one from the next.
  group.classList.toggle('several', choices.size > 1);
  if (row.hasCountdown) group.append(drawCountdown(row, rem));
  return group;
}

/** @param {Transition} transition @param {number} x @param {number} height @param {number} rem */
function drawChoice(transition, x, height, rem) {
  const plate = shape('rect', {
    class: 'plate',
    x: x - OVERHANG * rem,
    y: 0.08 * rem,
    height: height - 0.16 * rem,
    rx: 0.3 * rem,
  });
  return shape(
    'g',
    { class: 'choice', 'data-transition': transition.key },
    plate,
    shape('title', {}, transitionWords(transition)),
  );
}

/** @param {Row} row @param {Transition} transition */
function startOf({ pieces }, transition) {
  return pieces.find((piece) => piece.transition === transition)?.x ?? 0;
}

/**
 * Hidden until the delay runs: what is left of it, and a bar that grows along the row.
 * @param {Row} row
 * @param {number} rem
 */
function drawCountdown({ event, width, height }, rem) {
  const bar = { x: 0, y: height - 0.2 * rem, height: 0.15 * rem, rx: 0.075 * rem };
  return shape(
    'g',
    { class: 'countdown', 'data-timer': event, hidden: '' },
    shape('rect', { class: 'track', ...bar, width }),
    shape('rect', { class: 'bar', ...bar, width }),
    shape('text', { class: 'left', x: width, y: BASELINE * rem, 'text-anchor': 'end' }),
  );
}

/**
 * The whole of a transition in words: `leave.committed [isLastMember] → room.empty / releaseMember`.
 * @param {Transition} transition
 */
export function transitionWords({ words, guard, targets, isReentering, actions, description }) {
  const parts = [words];
  if (guard) parts.push(`[${guard}]`);
  if (targets.length > 0) parts.push(isReentering ? '↻ begins anew' : `→ ${targets.join(', ')}`);
  if (actions.length > 0) parts.push(`/ ${actions.join(', ')}`);
  return description ? `${parts.join(' ')}\n${description}` : parts.join(' ');
}
