// @ts-check
import { DOT } from '../layout/elk-graph.js';
import { drawRow } from './rows.js';
import { drawState } from './states.js';
import { shape } from './svg.js';

/** @import { Plan, Route } from '../layout/plan.js' */

/**
 * A chart that is drawn, with what is to be found in it again.
 * @typedef {object} Drawing
 * @property {SVGGElement} root
 * @property {Map<string, SVGGElement>} states by id
 * @property {Map<string, SVGGElement[]>} choices the words of a transition, by its key; several when it has several targets
 * @property {Map<string, SVGGElement[]>} arrows those that a transition goes along, by its key
 * @property {Map<string, SVGGElement[]>} countdowns by the event that the delay brings
 */

/**
 * @param {Plan} plan
 * @returns {Drawing}
 */
export function draw(plan) {
  const { rem } = plan;
  /** @type {Drawing} */
  const drawing = {
    root: shape('g', { class: 'chart' }),
    states: new Map(),
    choices: new Map(),
    arrows: new Map(),
    countdowns: new Map(),
  };
  const states = plan.states.map((placed) => {
    const state = drawState(placed, rem);
    drawing.states.set(placed.state.id, state);
    return state;
  });
  const arrows = plan.arrows.map(({ arrow, route }) => {
    const group = drawRoute('arrow', route);
    for (const { key } of arrow.transitions) add(drawing.arrows, key, group);
    return group;
  });
  const labels = plan.arrows.map(({ arrow, label }) => {
    const { x, y, width, height, rows } = label;
    const rect = shape('rect', { class: 'ground', width, height, rx: 0.4 * rem });
    const group = shape(
      'g',
      { class: 'label', transform: `translate(${x} ${y})` },
      rect,
      ...rows.map((row) => drawRow(row, rem)),
    );
    for (const { key } of arrow.transitions) add(drawing.arrows, key, group);
    return group;
  });
  drawing.root.append(
    ...states,
    ...plan.beginnings.map((route) => drawRoute('beginning', route)),
    ...plan.dots.map(({ x, y }) => shape('circle', { class: 'dot', cx: x, cy: y, r: DOT / 2 })),
    // Over all boxes: an arrow may lead through the border of one.
    shape('g', {}, ...arrows),
    shape('g', {}, ...labels),
  );
  for (const choice of drawing.root.querySelectorAll('g')) {
    const { transition, timer } = choice.dataset;
    if (transition !== undefined) add(drawing.choices, transition, choice);
    if (timer !== undefined) add(drawing.countdowns, timer, choice);
  }
  return drawing;
}

/** @param {'arrow' | 'beginning'} kind @param {Route} route */
function drawRoute(kind, { line, tip }) {
  return shape(
    'g',
    { class: kind },
    shape('path', { class: 'line', d: line }),
    shape('path', { class: 'tip', d: tip }),
    kind === 'arrow' ? shape('path', { class: 'pulse', d: line, pathLength: 100 }) : undefined,
  );
}

/**
 * @template T
 * @param {Map<string, T[]>} lists
 * @param {string} key
 * @param {T} value
 */
function add(lists, key, value) {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
