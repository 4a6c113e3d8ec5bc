// @ts-check

/** @import { Viewport } from './viewport.js' */

/** Pixels that an arrow key moves the chart, and the factor of one step nearer. */
const STEP = 60;
export const ZOOM_STEP = 1.25;

/**
 * Moves what is shown with the wheel (with Ctrl, or two fingers on a touchpad: nearer and farther), by dragging, with
 * two fingers, and by keys.
 * @param {HTMLElement} canvas
 * @param {Viewport} viewport
 */
export function listenForGestures(canvas, viewport) {
  canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const [dx, dy] = event.shiftKey ? [event.deltaY, event.deltaX] : [event.deltaX, event.deltaY];
      if (event.ctrlKey || event.metaKey)
        viewport.zoomBy(Math.exp(-dy * unit * 0.006), fromMiddle(canvas, event));
      else viewport.panBy(dx * unit, dy * unit);
    },
    // Else the page could not keep its own zoom out of it.
    { passive: false },
  );
  listenForDragging(canvas, viewport);
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== canvas) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(viewport);
  });
}

/** @type {Record<string, (viewport: Viewport) => void>} */
const KEYS = {
  ArrowLeft: (viewport) => viewport.panBy(-STEP, 0),
  ArrowRight: (viewport) => viewport.panBy(STEP, 0),
  ArrowUp: (viewport) => viewport.panBy(0, -STEP),
  ArrowDown: (viewport) => viewport.panBy(0, STEP),
  '+': (viewport) => viewport.zoomBy(ZOOM_STEP),
  '=': (viewport) => viewport.zoomBy(ZOOM_STEP),
  '-': (viewport) => viewport.zoomBy(1 / ZOOM_STEP),
  0: (viewport) => viewport.fit(),
};

/** @param {HTMLElement} canvas @param {Viewport} viewport */
function listenForDragging(canvas, viewport) {
  /** Where each finger, or the mouse, was last. @type {Map<number, { x: number, y: number }>} */
  const touches = new Map();
  canvas.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    touches.set(event.pointerId, fromMiddle(canvas, event));
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener('pointermove', (event) => {
    const before = touches.get(event.pointerId);
    if (!before) return;
    const now = fromMiddle(canvas, event);
    touches.set(event.pointerId, now);
    const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) {
      viewport.panBy(before.x - now.x, before.y - now.y);
      return;
    }
    // Two fingers: each moves the middle between them by half of its own way.
    viewport.panBy((before.x - now.x) / 2, (before.y - now.y) / 2);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    viewport.zoomBy(distance(now, other) / Math.max(1, distance(before, other)), middle);
  });
  for (const type of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    canvas.addEventListener(type, ({ pointerId }) => touches.delete(pointerId));
  }
}

/** @param {HTMLElement} canvas @param {MouseEvent} event */
function fromMiddle(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: clientX - left - width / 2, y: clientY - top - height / 2 };
}

/** @param {{ x: number, y: number }} a @param {{ x: number, y: number }} b */
function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
