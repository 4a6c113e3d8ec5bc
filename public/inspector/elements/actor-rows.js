// @ts-check
import { make, reconcile } from '../../dom.js';
import { ActorRow, rowId } from './actor-row.js';

/** @import { ActorState } from '../record/actor.js' */
/** @import { Group } from '../record/listing.js' */

/** Rows that are drawn beyond what one sees, so that scrolling finds them there. */
const BEYOND = 8;
/** Of a row; `--row` in the style sheet is the same. */
const ROW_REM = 2.25;

/**
 * @typedef {object} Marks
 * @property {string} chosen id
 * @property {string} active id of the row that the keys are at
 * @property {ReadonlySet<string>} followed ids
 */

/** The rows of the list of actors, of which only those in sight exist. */
export class ActorRows {
  box = make('div', { class: 'actors', 'aria-label': 'Actors' });
  /** @type {Map<string, ActorRow>} by id, those that exist */
  #rows = new Map();
  /** @type {Map<string, HTMLElement>} by kind */
  #elements = new Map();
  /** @type {readonly Group[]} */
  #groups = [];
  /** @type {Marks} */
  #marks = { chosen: '', active: '', followed: new Set() };

  constructor() {
    this.box.id = 'actors';
    this.box.role = 'listbox';
    this.box.tabIndex = 0;
    this.box.addEventListener('scroll', () => this.#draw(), { passive: true });
    new ResizeObserver(() => this.#draw()).observe(this.box);
  }

  /** How many rows a page of the list holds. */
  get page() {
    return Math.max(1, Math.floor(this.box.clientHeight / rowHeight()) - 1);
  }

  /** @param {readonly Group[]} groups @param {Marks} marks */
  show(groups, marks) {
    this.#groups = groups;
    this.#marks = marks;
    this.#draw();
  }

  /** The id of the actor in whose row an element is. @param {EventTarget | null} target */
  idAt(target) {
    const row = target instanceof Element ? target.closest('[role="option"]') : null;
    return [...this.#rows.values()].find(({ element }) => element === row)?.id;
  }

  /** Scrolls until a row is in sight. @param {ActorState} actor */
  reveal(actor) {
    let line = 0;
    for (const { kind, actors } of this.#groups) {
      if (kind === actor.kind) {
        line += 1 + actors.findIndex(({ id }) => id === actor.id);
        break;
      }
      line += actors.length + 1;
    }
    const { box } = this;
    const height = rowHeight();
    const top = line * height;
    // The heading of a group stays at the top, over the rows.
    if (top - height < box.scrollTop) box.scrollTop = top - height;
    else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight;
  }

  #draw() {
    const height = rowHeight();
    const from = Math.floor(this.box.scrollTop / height) - BEYOND;
    const to = from + Math.ceil(this.box.clientHeight / height) + 2 * BEYOND;
    const size = this.#groups.reduce((sum, { actors }) => sum + actors.length, 0);
    /** @type {Map<string, ActorRow>} */
    const drawn = new Map();
    let line = 0;
    let before = 0;
    const elements = this.#groups.map((group) => {
      const indexes = this.#inSight(group, from - line - 1, to - line - 1);
      const rows = indexes.map((index) => this.#row(group, index, { before, size, drawn }));
      line += group.actors.length + 1;
      before += group.actors.length;
      return this.#elementOf(group, rows);
    });
    reconcile(this.box, elements);
    this.#rows = drawn;
    const { active } = this.#marks;
    if (drawn.has(active)) this.box.setAttribute('aria-activedescendant', rowId(active));
    else this.box.removeAttribute('aria-activedescendant');
  }

  /** @param {Group} group @param {number} from @param {number} to @returns {number[]} */
  #inSight({ actors }, from, to) {
    const first = Math.max(0, from);
    const last = Math.max(first, Math.min(actors.length, to));
    const indexes = Array.from({ length: last - first }, (_, index) => first + index);
    // What the keys are at must exist, wherever one has scrolled to.
    const { active } = this.#marks;
    const place = active === '' ? -1 : actors.findIndex(({ id }) => id === active);
    if (place >= 0 && place < first) return [place, ...indexes];
    return place >= last ? [...indexes, place] : indexes;
  }

  /**
   * @param {Group} group
   * @param {number} index
   * @param {{ before: number, size: number, drawn: Map<string, ActorRow> }} list
   */
  #row({ actors }, index, { before, size, drawn }) {
    const actor = /** @type {ActorState} */ (actors[index]);
    const row = this.#rows.get(actor.id) ?? new ActorRow(actor);
    drawn.set(actor.id, row);
    const { chosen, active, followed } = this.#marks;
    return row.show(actor, {
      top: index + 1,
      position: before + index + 1,
      size,
      isChosen: actor.id === chosen,
      isActive: actor.id === active,
      isFollowed: followed.has(actor.id),
    });
  }

  /** @param {Group} group @param {HTMLElement[]} rows */
  #elementOf({ kind, label, actors }, rows) {
    const element = this.#elements.get(kind) ?? groupCalled(label);
    this.#elements.set(kind, element);
    element.style.height = `calc(var(--row) * ${actors.length + 1})`;
    reconcile(element, [/** @type {HTMLElement} */ (element.firstElementChild), ...rows]);
    return element;
  }
}

/** @param {string} label */
function groupCalled(label) {
  const heading = make('div', { class: 'heading', 'aria-hidden': 'true' }, label);
  const group = make('div', { class: 'group', 'aria-label': label }, heading);
  group.role = 'group';
  return group;
}

function rowHeight() {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * ROW_REM;
}
