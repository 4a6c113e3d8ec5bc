// @ts-check

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may be given alone or in a list, as a list. @param {unknown} value @returns {unknown[]} */
export function asList(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * Of an action, a guard or an actor: it is named by text or by its `type`, which is also what is left of a function.
 * @param {unknown} value
 * @returns {string} empty when it has none
 */
export function nameOf(value) {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return '';
  const name = [value.type, value.id].find((each) => typeof each === 'string' && each !== '');
  return typeof name === 'string' ? name.replace(/^xstate\./, '') : '';
}

/** @param {unknown} actions */
export function actionNames(actions) {
  return asList(actions).map((action) => nameOf(action) || 'inline action');
}

/** Nested as deep as no one nests them. */
const DEEPEST_GUARD = 8;

/**
 * @param {unknown} guard
 * @returns {string} empty when there is none
 */
export function guardWords(guard, depth = 0) {
  if (guard === undefined || guard === null) return '';
  const name = nameOf(guard) || 'inline guard';
  const inner = isRecord(guard) && Array.isArray(guard.guards) ? guard.guards : [];
  if (inner.length === 0 || depth > DEEPEST_GUARD) return name;
  const parts = inner.map((each) => guardWords(each, depth + 1));
  return name === 'not' ? `not ${parts[0]}` : parts.join(` ${name} `);
}
