// @ts-check

/** @import { ElkNode } from 'elkjs' */
/** @import { Machine, State } from '../model/machine.js' */
/** @import { Arrow } from './arrows.js' */
/** @import { Box } from './boxes.js' */

/** @typedef {'RIGHT' | 'DOWN'} Direction */

/** Pixels across of the dot that a state begins with. */
export const DOT = 10;

/** Ids of states could be anything; with these in front no two things are called alike. */
const STATE = 's:';
const DOT_OF = 'd:';
const ARROW = 'a:';
const BEGIN = 'b:';

/**
 * The chart as elk takes it: boxes in boxes, and arrows with labels that stand on them.
 * @param {Machine} machine
 * @param {Map<string, Box>} boxes by the id of the state
 * @param {Arrow[]} arrows
 * @param {Direction} direction
 * @param {number} rem pixels
 * @returns {ElkNode}
 */
export function elkGraph({ root, states }, boxes, arrows, direction, rem) {
  // Nothing of this is handed down by itself.
  const inside = optionsFor(direction, arrows.length, rem);
  /** @param {State} state @returns {ElkNode} */
  function nodeOf(state) {
    const box = boxes.get(state.id);
    const { width = 0, height = 0 } = box ?? {};
    const id = STATE + state.id;
    if (state.states.length === 0) return { id, width, height };
    const dots = state.initial.length > 0 ? [{ id: DOT_OF + state.id, width: DOT, height: DOT }] : [];
    return {
      id,
      children: [...dots, ...state.states.map(nodeOf)],
      layoutOptions: {
        ...inside,
        'elk.padding': `[top=${height + 0.75 * rem},left=${rem},bottom=${rem},right=${rem}]`,
        'elk.nodeSize.constraints': 'MINIMUM_SIZE',
        'elk.nodeSize.minimum': `(${width},${height})`,
      },
    };
  }
  const beginnings = [...states.values()]
    .filter((state) => state.states.length > 0)
    .flatMap((state) =>
      state.initial.map((target, i) => ({
        id: `${BEGIN}${i}:${state.id}`,
        sources: [DOT_OF + state.id],
        targets: [STATE + target],
        layoutOptions: { [FORWARD]: '10' },
      })),
    );
  const remembered = [...states.values()]
    .filter(({ kind }) => kind === 'history')
    .flatMap((state) =>
      state.initial.map((target, i) => ({
        id: `${BEGIN}${i}:${state.id}`,
        sources: [STATE + state.id],
        targets: [STATE + target],
      })),
    );
  return {
    id: 'chart',
    layoutOptions: { ...inside, 'elk.padding': '[top=0,left=0,bottom=0,right=0]' },
    children: [nodeOf(root)],
    edges: [
      ...beginnings,
      ...remembered,
      ...arrows.map(({ source, target, label: { width, height } }, i) => ({
        id: ARROW + i,
        sources: [STATE + source],
        targets: [STATE + target],
        layoutOptions: { [FORWARD]: isForward(states.get(source), states.get(target)) ? '5' : '0' },
        labels: [{ text: ' ', width, height, layoutOptions: { 'elk.edgeLabels.inline': 'true' } }],
      })),
    ],
  };
}

/**
 * Which arrows rather lead on than back, where not all can. Elk's own way of going by the order in which things are
 * written fails where an arrow leads into a nested state.
 */
const FORWARD = 'elk.layered.priority.direction';

/**
 * Whether an arrow leads to what is written further down.
 * @param {State | undefined} source
 * @param {State | undefined} target
 */
function isForward(source, target) {
  const from = lineage(source);
  const to = lineage(target);
  const fork = from.findIndex((state, i) => state !== to[i]);
  const siblings = from[fork - 1]?.states ?? [];
  return (
    fork > 0 &&
    siblings.indexOf(/** @type {State} */ (from[fork])) < siblings.indexOf(/** @type {State} */ (to[fork]))
  );
}

/** The states around one and itself, outermost first. @param {State | undefined} state @returns {State[]} */
function lineage(state) {
  return state ? [...lineage(state.parent), state] : [];
}

/** @param {string} id of a node or an edge @returns {{ kind: 'state' | 'dot' | 'arrow' | 'begin', name: string }} */
export function readId(id) {
  const name = id.slice(2);
  if (id.startsWith(STATE)) return { kind: 'state', name };
  if (id.startsWith(DOT_OF)) return { kind: 'dot', name };
  return { kind: id.startsWith(ARROW) ? 'arrow' : 'begin', name };
}

/** What places boxes best takes five seconds for 80 arrows and minutes for 200; above so many there is a quick way. */
const MANY_ARROWS = 40;

/** @param {Direction} direction @param {number} arrows how many @param {number} rem */
function optionsFor(direction, arrows, rem) {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction,
    'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.json.shapeCoords': 'ROOT',
    'elk.json.edgeCoords': 'ROOT',
    'elk.edgeLabels.placement': 'CENTER',

    'elk.layered.nodePlacement.strategy': arrows > MANY_ARROWS ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
    'elk.layered.thoroughness': arrows > MANY_ARROWS ? '1' : '7',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.spacing.nodeNode': String(1.5 * rem),
    'elk.spacing.edgeNode': String(rem),
    'elk.spacing.edgeEdge': String(0.75 * rem),
    'elk.spacing.edgeLabel': '4',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(1.5 * rem),
    'elk.layered.spacing.edgeNodeBetweenLayers': String(0.75 * rem),
    'elk.layered.spacing.edgeEdgeBetweenLayers': String(0.6 * rem),
  };
}
