// @ts-check

/** @import { ElkExtendedEdge, ElkPoint } from 'elkjs' */

/** Of the corners, in pixels. */
const RADIUS = 8;

/**
 * The corners that an arrow goes through, with both ends.
 * @param {ElkExtendedEdge} edge
 * @returns {ElkPoint[]}
 */
export function pointsOf({ sections = [] }) {
  const points = sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  return straightened(points);
}

/**
 * From a state into itself: elk begins such an arrow at the outer edge, from where it would cross what is written at
 * the top of the box.
 * @param {ElkPoint[]} points
 * @param {number} top where the states in the box begin
 */
export function startingBelow(points, top) {
  const first = points.findIndex(({ y }) => y > top);
  const before = points[first - 1];
  return before ? [{ x: before.x, y: top }, ...points.slice(first)] : points;
}

/** A line with round corners. @param {ElkPoint[]} points */
export function pathThrough(points) {
  const [start, ...rest] = points;
  if (!start) return '';
  const parts = rest.map((corner, i) => {
    const before = points[i];
    const after = rest[i + 1];
    if (!before || !after) return `L${at(corner)}`;
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    return `L${at(towards(corner, before, radius))}Q${at(corner)} ${at(towards(corner, after, radius))}`;
  });
  return `M${at(start)}${parts.join('')}`;
}

/** The head of an arrow. @param {ElkPoint[]} points */
export function tipOf(points) {
  const end = points.at(-1);
  const before = points.at(-2);
  if (!end || !before) return '';
  const length = distance(before, end) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const back = { x: end.x - 9 * dx, y: end.y - 9 * dy };
  return `M${at(end)}L${at({ x: back.x - 4.5 * dy, y: back.y + 4.5 * dx })}L${at({ x: back.x + 4.5 * dy, y: back.y - 4.5 * dx })}Z`;
}

/** elk rounds some of the places to whole pixels, which leaves lines a little aslant. @param {ElkPoint[]} points */
function straightened(points) {
  const straight = points.map((point) => ({ ...point }));
  for (const [i, point] of straight.entries()) {
    const before = straight[i - 1];
    if (!before) continue;
    // The first and the last have to stay where they meet a box, which has room to both sides.
    if (Math.abs(point.x - before.x) < 1) point.x = before.x;
    if (Math.abs(point.y - before.y) < 1) point.y = before.y;
  }
  return straight;
}

/** @param {ElkPoint} from @param {ElkPoint} to @param {number} length */
function towards(from, to, length) {
  const share = length / (distance(from, to) || 1);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** @param {ElkPoint} a @param {ElkPoint} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** @param {ElkPoint} point */
function at({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
