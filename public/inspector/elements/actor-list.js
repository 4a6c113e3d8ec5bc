// @ts-check
import { announce, make } from '../../dom.js';
import { countsIn, Listing } from '../record/listing.js';
import { ActorRows } from './actor-rows.js';
import { KindFilter } from './kind-filter.js';

/** @import { Group } from '../record/listing.js' */
/** @import { Scene } from '../scene.js' */

/** All actors by kind, in a list box with a search. Announces `actor-choose` with an id. */
export class ActorList extends HTMLElement {
  #field = make('input', { 'aria-label': 'Search actors', 'aria-controls': 'actors' });
  #filter = new KindFilter(() => this.#redraw(true));
  #empty = make('p', { class: 'empty', 'aria-live': 'polite' });
  #rows = new ActorRows();
  #listing = new Listing();
  /** @type {Group[]} */
  #groups = [];
  /** @type {Scene | undefined} */
  #scene;
  /** The row that the keys are at. */
  #active = '';

  connectedCallback() {
    if (this.firstChild) return;
    const { box } = this.#rows;
    this.#field.type = 'search';
    this.#field.placeholder = 'Search actors';
    this.#field.autocomplete = 'off';
    this.#field.spellcheck = false;
    this.#field.addEventListener('input', () => this.#redraw(true));
    this.#field.addEventListener('keydown', (event) => this.#takeFieldKey(event));
    box.addEventListener('keydown', (event) => this.#takeKey(event));
    box.addEventListener('click', ({ target }) => {
      const id = this.#rows.idAt(target);
      if (id !== undefined) this.#choose(id);
    });
    this.append(this.#field, this.#filter.element, this.#empty, box);
  }

  focusSearch() {
    this.#field.focus();
    this.#field.select();
  }

  /** @param {Scene} scene */
  render(scene) {
    if (scene.chosen && scene.chosen.id !== this.#scene?.chosen?.id) this.#active = scene.chosen.id;
    this.#scene = scene;
    this.#redraw(false);
  }

  /** @param {boolean} isNewSearch shows the list from its top */
  #redraw(isNewSearch) {
    if (!this.#scene) return;
    const { world, now, chosen, followed } = this.#scene;
    this.#filter.render(countsIn(world));
    this.#groups = this.#listing.groups(world, now, { query: this.#field.value, only: this.#filter.only });
    const nobody = world.actors.size === 0 ? 'No actors yet.' : 'No actor is called like that.';
    const words = this.#groups.length === 0 ? nobody : '';
    if (this.#empty.textContent !== words) this.#empty.textContent = words;
    if (isNewSearch) this.#rows.box.scrollTop = 0;
    this.#rows.show(this.#groups, { chosen: chosen?.id ?? '', active: this.#active, followed });
  }

  /** @param {string} id */
  #choose(id) {
    this.#active = id;
    announce(this, 'actor-choose', id);
    this.#redraw(false);
  }

  /** @param {KeyboardEvent} event */
  #takeFieldKey(event) {
    const [first] = this.#groups.flatMap(({ actors }) => actors.slice(0, 1));
    if (event.key === 'Escape' && this.#field.value !== '') {
      this.#field.value = '';
      this.#redraw(true);
    } else if (event.key === 'Escape') {
      this.#rows.box.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first && !event.isComposing) {
      this.#rows.box.focus();
      this.#choose(first.id);
    } else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = this.#groups.flatMap(({ actors }) => actors);
    const at = all.findIndex(({ id }) => id === this.#active);
    const { page } = this.#rows;
    /** @type {Record<string, number>} */
    const targets = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: all.length - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const wanted = targets[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      const actor = all[Math.max(0, Math.min(wanted, all.length - 1))];
      if (!actor) return;
      this.#rows.reveal(actor);
      this.#choose(actor.id);
    } else if (/^[\p{L}\p{N}_-]$/u.test(event.key)) {
      // The letter itself comes into the field, which has the focus by then.
      this.focusSearch();
    }
  }
}

customElements.define('actor-list', ActorList);
