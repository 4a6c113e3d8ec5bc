// @ts-check
import { make } from '../../dom.js';
import { transitionWords } from './drawing/rows.js';

/** @import { Machine, State } from './model/machine.js' */

/**
 * The chart in words, for those who do not see it: the states, nested as they are, each with what it does and answers
 * to.
 */
export class Outline {
  list = make('ul', { class: 'outline', 'aria-label': 'States' });
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();

  /** @param {Machine | undefined} machine */
  show(machine) {
    this.#items.clear();
    this.list.replaceChildren(...(machine ? [this.#item(machine.root)] : []));
  }

  /** @param {ReadonlySet<string>} ids of the states that are present */
  light(ids) {
    for (const [id, item] of this.#items) {
      if (ids.has(id)) item.setAttribute('aria-current', 'true');
      else item.removeAttribute('aria-current');
    }
  }

  /** @param {State} state @returns {HTMLElement} */
  #item(state) {
    const lines = [
      ...(state.entry.length > 0 ? [`on entry: ${state.entry.join(', ')}`] : []),
      ...(state.exit.length > 0 ? [`on exit: ${state.exit.join(', ')}`] : []),
      ...state.invokes.map(({ name }) => `invokes ${name}`),
      ...state.transitions.map(transitionWords),
    ].map((text) => make('li', {}, text));
    const inner = [...lines, ...state.states.map((each) => this.#item(each))];
    const name = make('b', {}, state.key);
    const item = make(
      'li',
      {},
      name,
      KINDS[state.kind],
      ...(inner.length > 0 ? [make('ul', {}, ...inner)] : []),
    );
    this.#items.set(state.id, item);
    return item;
  }
}

/** @type {Record<State['kind'], string>} */
const KINDS = {
  atomic: '',
  compound: '',
  parallel: ' (all of its states at once)',
  final: ' (final)',
  history: ' (history)',
};
