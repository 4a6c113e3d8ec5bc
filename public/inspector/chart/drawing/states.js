// @ts-check
import { drawRow } from './rows.js';
import { shape } from './svg.js';

/** @import { Plan } from '../layout/plan.js' */
/** @import { State } from '../model/machine.js' */

/** In rem. */
const CORNER = 0.6;
const SIDE = 0.75;
/** From the outer to the inner border of a final state. */
const BORDER = 0.2;

/**
 * A state: its box, its name, what it does and what it answers to. The states in it are drawn after it, over it.
 * @param {Plan['states'][number]} placed
 * @param {number} rem pixels
 */
export function drawState({ state, box, area: { x, y, width, height } }, rem) {
  const group = shape(
    'g',
    {
      class: 'state',
      'data-state': state.id,
      'data-kind': state.kind,
      'data-region': state.parent?.kind === 'parallel' && '',
      transform: `translate(${x} ${y})`,
    },
    shape('title', {}, state.description ? `${state.id}\n${state.description}` : state.id),
  );
  if (state.kind === 'history') {
    group.append(
      shape('circle', { class: 'box border', cx: width / 2, cy: height / 2, r: width / 2 }),
      shape(
        'text',
        { class: 'name', x: width / 2, y: height / 2 + 0.3 * rem, 'text-anchor': 'middle' },
        box.title,
      ),
    );
    return group;
  }
  const corner = CORNER * rem;
  const isBare = box.rows.length === 0 && state.states.length === 0;
  group.append(
    shape('rect', { class: 'box', width, height, rx: corner }),
    shape('path', { class: 'head', d: headPath(width, isBare ? height : box.headHeight, corner, isBare) }),
    // Over the ground of the head, which would else cover half of it.
    shape('rect', { class: 'border', width, height, rx: corner }),
  );
  if (state.kind === 'final') group.append(innerBorder(width, height, rem));
  if (box.ruleAt !== undefined) {
    group.append(shape('path', { class: 'rule', d: `M${SIDE * rem} ${box.ruleAt}H${width - SIDE * rem}` }));
  }
  group.append(
    shape('text', { class: 'name', x: SIDE * rem, y: 1.3 * rem }, box.title),
    ...box.rows.map((row) => drawRow(row, rem)),
  );
  return group;
}

/** The upper part of a box, or all of one that has nothing but a name. */
function headPath(
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {number} */ r,
  isWhole = false,
) {
  const bottom = isWhole
    ? `V${height - r}a${r} ${r} 0 0 1 ${-r} ${r}H${r}a${r} ${r} 0 0 1 ${-r} ${-r}`
    : `V${height}H0`;
  return `M0 ${r}a${r} ${r} 0 0 1 ${r} ${-r}H${width - r}a${r} ${r} 0 0 1 ${r} ${r}${bottom}Z`;
}

/** @param {number} width @param {number} height @param {number} rem */
function innerBorder(width, height, rem) {
  const inset = BORDER * rem;
  return shape('rect', {
    class: 'inner',
    x: inset,
    y: inset,
    width: width - 2 * inset,
    height: height - 2 * inset,
    rx: CORNER * rem - inset / 2,
  });
}
