// @ts-check
import { commands } from '../../commands.js';

/** Keys whose values nobody sees, whatever they hold: a session's secret lets anyone take it over. */
const SECRET = new Set(['session', 'session_id', 'secret', 'token']);
const HIDDEN = '(hidden)';
/** Deeper than this and longer, values are cut and marked. */
const DEPTH_MAX = 6;
const ITEMS_MAX = 100;
const TEXT_MAX = 2_000;

/** Commands that say nothing private; one that is mistyped may have been meant to. */
const PUBLIC_COMMANDS = new Set(
  commands.map(({ usage }) => usage.split(' ', 1)[0]).filter((name) => name !== '/pm'),
);

/**
 * An event of the page's machine as inspectors see it. What people write to each other in private stays between them.
 * @param {{ type: string, frame?: unknown }} event
 * @returns {{ type: string }}
 */
export function shownEvent(event) {
  // Its input is the context, which the actor's frame shows.
  if (event.type === 'xstate.init') return { type: event.type };
  const shown = /** @type {{ type: string, frame?: { text?: string } }} */ (shownValue(event));
  if (shown.frame?.text !== undefined && isPrivate(event.frame)) shown.frame.text = HIDDEN;
  return shown;
}

/** @param {unknown} frame that the page sends */
function isPrivate(frame) {
  const { type, text } = /** @type {{ type?: unknown, text?: unknown }} */ (frame ?? {});
  if (type !== 'message') return true;
  const trimmed = String(text).trim();
  if (!trimmed.startsWith('/') || trimmed.startsWith('//')) return false;
  return !PUBLIC_COMMANDS.has(trimmed.split(/\s/u, 1)[0]?.toLowerCase());
}

/**
 * A value that can be sent to another page: bounded, without secrets, functions by their names.
 * @param {unknown} value
 * @returns {unknown}
 */
export function shownValue(value, depth = 0) {
  if (typeof value === 'function') return `ƒ ${value.name}`;
  if (typeof value === 'string') {
    return value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}… (${value.length} characters)` : value;
  }
  if (typeof value !== 'object' || value === null) return typeof value === 'symbol' ? String(value) : value;
  if (depth >= DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.slice(0, ITEMS_MAX).map((item) => shownValue(item, depth + 1));
  const shown = Object.entries(value)
    .slice(0, ITEMS_MAX)
    .map(([key, inner]) => [key, SECRET.has(key) ? HIDDEN : shownValue(inner, depth + 1)]);
  return Object.fromEntries(shown);
}
