// @ts-check
import { find, listen } from '../../dom.js';
import { route } from '../../route.js';
import { ActorList } from '../elements/actor-list.js';
import { ContextView } from '../elements/context-view.js';
import { kindOf, kinds, titleOf } from '../record/kinds.js';

/** @import { Inspector } from '../inspector.js' */
/** @import { Scene } from '../scene.js' */

/** The list, and what is said of the actor that is chosen in it. @param {Inspector} inspector */
export function wireActors(inspector) {
  const list = find(document, 'actor-list', ActorList);
  const context = find(document, 'context-view', ContextView);
  const title = find(document, '#actor-title', HTMLElement);
  const state = find(document, '.actor-state', HTMLElement);
  const follow = find(document, '#follow', HTMLButtonElement);
  const policy = find(document, '.policy', HTMLElement);

  inspector.watch((scene) => {
    list.render(scene);
    context.render(scene);
    const { chosen } = scene;
    setText(title, chosen ? titleOf(chosen.name) : 'No actor chosen');
    title.dataset.kind = chosen?.kind ?? '';
    setText(state, stateOf(scene));
    follow.hidden = !chosen || scene.isForAll || chosen.endedAt > 0 || scene.file !== undefined;
    follow.ariaPressed = String(chosen !== undefined && scene.followed.has(chosen.id));
    setText(policy, policyOf(scene));
    if (chosen && !scene.file) route.show(chosen.name, 'replace');
  });

  follow.addEventListener('click', () => inspector.toggleFollowing());
  listen('actor-choose', (id) => inspector.choose(id));
  // The sequence's lanes are named by the ids of their actors; others than actors have lanes too.
  listen('actor-chosen', ({ id }) => {
    if (inspector.scene.world.find(id)) inspector.choose(id);
  });
  route.onChange(() => inspector.hopeFor(route.address));
  inspector.hopeFor(route.address);
}

/** @param {Scene} scene */
function stateOf({ chosen }) {
  if (!chosen) return '';
  const kind = kinds.find((each) => each.kind === kindOf(chosen.name))?.one ?? '';
  const words = [kind];
  if (chosen.state) words.push(chosen.state);
  if (chosen.endedAt > 0) words.push(chosen.status === 'error' ? 'crashed' : 'has ended');
  return words.join(' · ');
}

/** @param {Scene} scene */
function policyOf({ isForAll, followed, chosen, status }) {
  if (isForAll || status.name !== 'open') return '';
  const ids = new Set([...followed, ...(chosen ? [chosen.id] : [])]);
  const heard = ids.size === 0 ? 'none' : ids.size === 1 ? 'one' : String(ids.size);
  return `Many actors live here: events are shown of those you choose or follow (${heard} now).`;
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
