// @ts-check
import { arrowsOf } from './arrows.js';
import { boxOf } from './boxes.js';
import { DOT, elkGraph, readId } from './elk-graph.js';
import { pathThrough, pointsOf, startingBelow, tipOf } from './routes.js';

/** @import { ElkNode } from 'elkjs' */
/** @import { Machine, State } from '../model/machine.js' */
/** @import { Arrow, Label } from './arrows.js' */
/** @import { Box } from './boxes.js' */
/** @import { Direction } from './elk-graph.js' */
/** @import { Metrics } from './rows.js' */

/** @typedef {{ x: number, y: number, width: number, height: number }} Area */
/** @typedef {{ line: string, tip: string }} Route as paths of SVG */

/**
 * A chart with everything in its place, in pixels from its left upper corner.
 * @typedef {object} Plan
 * @property {number} rem pixels, as they were when it was made
 * @property {number} width
 * @property {number} height
 * @property {{ state: State, box: Box, area: Area }[]} states outer ones before inner ones
 * @property {{ arrow: Arrow, route: Route, label: Label & Area }[]} arrows
 * @property {{ x: number, y: number }[]} dots the middles of those that a state begins with
 * @property {Route[]} beginnings from a dot, or from a history state
 */

/**
 * @param {Machine} machine
 * @param {Metrics} metrics
 * @param {Direction} direction
 * @param {(graph: ElkNode) => Promise<ElkNode>} layOut
 * @returns {Promise<Plan>}
 */
export async function planOf(machine, metrics, direction, layOut) {
  const boxes = new Map([...machine.states].map(([id, state]) => [id, boxOf(state, metrics)]));
  const arrows = arrowsOf(machine, metrics);
  const graph = await layOut(elkGraph(machine, boxes, arrows, direction, metrics.rem));

  /** @type {Plan} */
  const plan = { rem: metrics.rem, width: 0, height: 0, states: [], arrows: [], dots: [], beginnings: [] };
  /** @type {Map<string, Area>} */
  const areas = new Map();
  for (const node of nodesOf(graph)) {
    const { kind, name } = readId(node.id);
    const area = areaOf(node);
    const state = machine.states.get(name);
    const box = boxes.get(name);
    if (kind === 'dot') plan.dots.push({ x: area.x + DOT / 2, y: area.y + DOT / 2 });
    else if (state && box) {
      plan.states.push({ state, box, area });
      areas.set(name, area);
    }
    plan.width = Math.max(plan.width, area.x + area.width);
    plan.height = Math.max(plan.height, area.y + area.height);
  }
  for (const edge of graph.edges ?? []) {
    const { kind, name } = readId(edge.id);
    const points = pointsOf(edge);
    if (kind === 'begin') plan.beginnings.push({ line: pathThrough(points), tip: tipOf(points) });
    const arrow = kind === 'arrow' ? arrows[Number(name)] : undefined;
    if (!arrow) continue;
    const source = machine.states.get(arrow.source);
    const top = (areas.get(arrow.source)?.y ?? 0) + (boxes.get(arrow.source)?.height ?? 0);
    const isInward = source !== undefined && isWithin(machine.states.get(arrow.target), source);
    const way = isInward ? startingBelow(points, top) : points;
    plan.arrows.push({
      arrow,
      route: { line: pathThrough(way), tip: tipOf(way) },
      label: { ...arrow.label, ...areaOf(edge.labels?.[0] ?? {}) },
    });
  }
  return plan;
}

/** @param {ElkNode} node @returns {ElkNode[]} */
function nodesOf({ children = [] }) {
  return children.flatMap((child) => [child, ...nodesOf(child)]);
}

/** @param {Partial<Area>} place */
function areaOf({ x = 0, y = 0, width = 0, height = 0 }) {
  return { x, y, width, height };
}

/** @param {State | undefined} state @param {State} outer @returns {boolean} */
function isWithin(state, outer) {
  return state?.parent !== undefined && (state.parent === outer || isWithin(state.parent, outer));
}
