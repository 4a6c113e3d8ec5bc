// @ts-check
import { announce, make, reconcile } from '../../dom.js';
import { countsIn, Listing } from '../record/listing.js';
import { ActorRow, rowId } from './actor-row.js';
import { KindFilter } from './kind-filter.js';

/** @import { ActorState } from '../record/actor.js' */
/** @import { Group } from '../record/listing.js' */
/** @import { Scene } from '../scene.js' */

/** Rows that are drawn beyond what one sees, so that scrolling finds them there. */
const BEYOND = 8;
/** Of a row; `--row` in the style sheet is the same. */
const ROW_REM = 2.25;

/**
 * All actors by kind, in a list box of which only the rows in sight exist, with a search. Announces `actor-choose` with
 * an id.
 */
export class ActorList extends HTMLElement {
  #field = make('input', { 'aria-label': 'Search actors', 'aria-controls': 'actors' });
  #filter = new KindFilter(() => this.#redraw(true));
  #box = make('div', { class: 'actors', 'aria-label': 'Actors' });
  #empty = make('p', { class: 'empty', 'aria-live': 'polite' });
  #listing = new Listing();
  /** @type {Map<string, ActorRow>} */
  #rows = new Map();
  /** @type {Map<string, HTMLElement>} by kind */
  #groupElements = new Map();
  /** @type {Group[]} */
  #groups = [];
  /** @type {Scene | undefined} */
  #scene;
  /** The row that the keys are at. */
  #active = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.#field.type = 'search';
    this.#field.placeholder = 'Search actors';
    this.#field.autocomplete = 'off';
    this.#field.spellcheck = false;
    this.#field.addEventListener('input', () => this.#redraw(true));
    this.#field.addEventListener('keydown', (event) => this.#takeFieldKey(event));
    this.#box.id = 'actors';
    this.#box.role = 'listbox';
    this.#box.tabIndex = 0;
    this.#box.addEventListener('keydown', (event) => this.#takeKey(event));
    this.#box.addEventListener('scroll', () => this.#place(), { passive: true });
    this.#box.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('[role="option"]') : null;
      const found = [...this.#rows.values()].find(({ element }) => element === row);
      if (found) this.#choose(found.id);
    });
    new ResizeObserver(() => this.#place()).observe(this.#box);
    this.append(this.#field, this.#filter.element, this.#empty, this.#box);
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
    const { world, now } = this.#scene;
    this.#filter.render(countsIn(world));
    const filter = { query: this.#field.value, only: this.#filter.only };
    this.#groups = this.#listing.groups(world, now, filter);
    const isNone = this.#groups.length === 0;
    const words = !isNone ? '' : world.actors.size === 0 ? 'No actors yet.' : 'No actor is called like that.';
    if (this.#empty.textContent !== words) this.#empty.textContent = words;
    if (isNewSearch) this.#box.scrollTop = 0;
    this.#place();
  }

  /** Draws the rows in sight. */
  #place() {
    if (!this.#scene) return;
    const height = rowHeight();
    const from = Math.floor(this.#box.scrollTop / height) - BEYOND;
    const to = from + Math.ceil(this.#box.clientHeight / height) + 2 * BEYOND;
    const size = this.#groups.reduce((sum, { actors }) => sum + actors.length, 0);
    /** @type {Map<string, ActorRow>} */
    const drawn = new Map();
    let line = 0;
    let position = 0;
    const groupElements = this.#groups.map(({ kind, label, actors }) => {
      const element = this.#groupElements.get(kind) ?? groupOf(label);
      this.#groupElements.set(kind, element);
      element.style.height = `calc(var(--row) * ${actors.length + 1})`;
      /** @type {HTMLElement[]} */
      const elements = [];
      const first = Math.max(0, from - line - 1);
      const last = Math.min(actors.length, to - line - 1);
      for (let index = first; index < last; index += 1)
        elements.push(this.#draw(index, actors, position, size, drawn));
      // What the keys are at must exist, wherever one has scrolled to.
      const active = this.#active === '' ? -1 : actors.findIndex(({ id }) => id === this.#active);
      if (active >= 0 && active < first) elements.unshift(this.#draw(active, actors, position, size, drawn));
      if (active >= Math.max(first, last)) elements.push(this.#draw(active, actors, position, size, drawn));
      reconcile(element, [/** @type {HTMLElement} */ (element.firstElementChild), ...elements]);
      line += actors.length + 1;
      position += actors.length;
      return element;
    });
    reconcile(this.#box, groupElements);
    this.#rows = drawn;
    if (drawn.has(this.#active)) this.#box.setAttribute('aria-activedescendant', rowId(this.#active));
    else this.#box.removeAttribute('aria-activedescendant');
  }

  /**
   * @param {number} index
   * @param {ActorState[]} actors of the group
   * @param {number} before how many stand in the groups above
   * @param {number} size
   * @param {Map<string, ActorRow>} drawn
   */
  #draw(index, actors, before, size, drawn) {
    const actor = /** @type {ActorState} */ (actors[index]);
    const row = this.#rows.get(actor.id) ?? new ActorRow(actor);
    drawn.set(actor.id, row);
    return row.show(actor, {
      top: index + 1,
      position: before + index + 1,
      size,
      isChosen: actor.id === this.#scene?.chosen?.id,
      isActive: actor.id === this.#active,
      isFollowed: this.#scene?.followed.has(actor.id) ?? false,
    });
  }

  /** @param {string} id */
  #choose(id) {
    this.#active = id;
    announce(this, 'actor-choose', id);
    this.#place();
  }

  /** @param {KeyboardEvent} event */
  #takeFieldKey(event) {
    const [first] = this.#groups.flatMap(({ actors }) => actors.slice(0, 1));
    if (event.key === 'Escape' && this.#field.value !== '') {
      this.#field.value = '';
      this.#redraw(true);
    } else if (event.key === 'Escape') {
      this.#box.focus();
    } else if ((event.key === 'ArrowDown' || event.key === 'Enter') && first && !event.isComposing) {
      this.#box.focus();
      this.#choose(first.id);
    } else return;
    event.preventDefault();
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = this.#groups.flatMap(({ actors }) => actors);
    const at = all.findIndex(({ id }) => id === this.#active);
    const page = Math.max(1, Math.floor(this.#box.clientHeight / rowHeight()) - 1);
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
      this.#reveal(actor);
      this.#choose(actor.id);
    } else if (/^[\p{L}\p{N}_-]$/u.test(event.key)) {
      // The letter itself comes into the field, which has the focus by then.
      this.focusSearch();
    }
  }

  /** Scrolls until a row is in sight. @param {ActorState} actor */
  #reveal(actor) {
    let line = 0;
    for (const { kind, actors } of this.#groups) {
      if (kind === actor.kind) line += 1 + actors.findIndex(({ id }) => id === actor.id);
      if (kind === actor.kind) break;
      line += actors.length + 1;
    }
    const height = rowHeight();
    const top = line * height;
    const { scrollTop, clientHeight } = this.#box;
    // The heading of a group stays at the top, over the rows.
    if (top - height < scrollTop) this.#box.scrollTop = top - height;
    else if (top + height > scrollTop + clientHeight) this.#box.scrollTop = top + height - clientHeight;
  }
}

/** @param {string} label */
function groupOf(label) {
  const heading = make('div', { class: 'heading', 'aria-hidden': 'true' }, label);
  const group = make('div', { class: 'group', 'aria-label': label }, heading);
  group.role = 'group';
  return group;
}

function rowHeight() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * ROW_REM;
}

customElements.define('actor-list', ActorList);
