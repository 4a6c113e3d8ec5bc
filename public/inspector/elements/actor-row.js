// @ts-check
import { make } from '../../dom.js';
import { kinds, titleOf } from '../record/kinds.js';
import { icons } from './icons.js';

/** @import { ActorState } from '../record/actor.js' */

/**
 * @typedef {object} Looks
 * @property {number} top in rows, within its group
 * @property {number} position in the whole list, from 1
 * @property {number} size of the whole list
 * @property {boolean} isChosen
 * @property {boolean} isActive
 * @property {boolean} isFollowed
 */

/** An actor in the list: its name, and the state that it is in. */
export class ActorRow {
  #name = make('bdi', { class: 'name' });
  #eye = make('span', { class: 'eye', title: 'followed' }, icons.followed());
  #state = make('span', { class: 'state' });
  element;
  /** @type {ActorState | undefined} */
  #actor;
  #looks = '';

  /** @param {ActorState} actor */
  constructor(actor) {
    this.id = actor.id;
    this.element = make('div', { class: 'actor' }, icons[actor.kind](), this.#name, this.#eye, this.#state);
    this.element.role = 'option';
    this.element.id = rowId(actor.id);
    this.#eye.append(make('span', { class: 'visually-hidden' }, 'followed'));
  }

  /** @param {ActorState} actor @param {Looks} looks */
  show(actor, looks) {
    const { element } = this;
    if (this.#actor !== actor) {
      this.#actor = actor;
      this.#name.textContent = titleOf(actor.name);
      const hasEnded = actor.endedAt > 0;
      const state = hasEnded ? endings[actor.status] : actor.state;
      this.#state.textContent = state;
      element.title = `${actor.name}: ${state}`;
      element.classList.toggle('ended', hasEnded);
      element.dataset.kind = kinds.find(({ kind }) => kind === actor.kind)?.kind;
    }
    const key = JSON.stringify(looks);
    if (key === this.#looks) return element;
    this.#looks = key;
    element.style.top = `calc(var(--row) * ${looks.top})`;
    element.ariaSetSize = String(looks.size);
    element.ariaPosInSet = String(looks.position);
    element.ariaSelected = String(looks.isChosen);
    element.classList.toggle('active', looks.isActive);
    this.#eye.hidden = !looks.isFollowed;
    return element;
  }
}

/** @param {string} id of an actor */
export function rowId(id) {
  return `actor-${id}`;
}

/** @type {Record<ActorState['status'], string>} */
const endings = { active: 'ended', done: 'ended', stopped: 'stopped', error: 'crashed' };
