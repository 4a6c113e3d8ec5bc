// @ts-check
import { make } from '../../dom.js';
import { changeWords } from './change-words.js';
import { laneWords } from './lane.js';
import { durationWords, sentenceOf, timeOfDay, typeWords } from './message-words.js';

/** @import { LanePlan } from './geometry.js' */
/** @import { Lane, Message } from './lane.js' */

/**
 * What a row is drawn from.
 * @typedef {object} RowView
 * @property {Message} message
 * @property {number} place among those shown
 * @property {number | undefined} since milliseconds since the one above
 * @property {LanePlan | undefined} plan none where there is no room for lanes
 * @property {boolean} isBeyond whether its lanes are out of sight, to the left or the right
 */

/** One message: an arrow between lanes, or a line of text. Its element is used again for other messages. */
export class EventRow {
  #sentence = make('span', { class: 'visually-hidden' });
  #clock = make('span', { class: 'clock' });
  #delta = make('span', { class: 'delta' });
  #arrow = make('span', { class: 'arrow' });
  #type = make('span', { class: 'type' });
  #change = make('span', { class: 'change' });
  #parties = make('span', { class: 'parties' });
  #words = make('span', { class: 'words' }, this.#type, this.#change);
  #cell = make('div', { class: 'cell' });
  /** @type {Partial<RowView> & Pick<Message, 'change'>} */
  #drawn = {};

  constructor() {
    this.element = make('div', { class: 'row' }, this.#cell);
    this.element.role = 'row';
    this.#cell.role = 'gridcell';
    this.#cell.append(this.#sentence);
    // The sentence says the same.
    for (const part of [this.#timeColumn(), this.#arrow, this.#parties, this.#words]) {
      part.ariaHidden = 'true';
      this.#cell.append(part);
    }
  }

  get id() {
    return this.#drawn.message?.id;
  }

  /** @param {RowView} view */
  draw(view) {
    const { message, place, since, plan, isBeyond } = view;
    const drawn = this.#drawn;
    if (drawn.place !== place) this.element.setAttribute('aria-rowindex', String(place + 1));
    if (drawn.since !== since)
      this.#delta.textContent = since === undefined ? '' : `+${durationWords(since)}`;
    // A message may find its change, and its parties may get other names, without becoming another object.
    if (drawn.message !== message || drawn.change !== message.change) this.#write(message);
    if (drawn.message !== message || drawn.plan !== plan) this.#lay(message, plan);
    // Words stand in for an arrow that one would have to look for.
    this.#parties.hidden = plan !== undefined && !isBeyond;
    this.#words.hidden = plan !== undefined && isBeyond;
    this.#drawn = { ...view, change: message.change };
  }

  #timeColumn() {
    return make('span', { class: 'time' }, this.#clock, this.#delta);
  }

  /** @param {Message} message */
  #write(message) {
    const { at, from, to, type, change, isHeartbeat } = message;
    this.element.id = `event-${message.id}`;
    this.element.dataset.kind = from.kind;
    this.element.classList.toggle('heartbeat', isHeartbeat);
    this.#sentence.textContent = sentenceOf(message);
    this.#clock.textContent = timeOfDay(at);
    this.#type.textContent = typeWords(type);
    this.#type.title = type;
    this.#parties.replaceChildren(
      ...partiesOf(from, to),
      make('span', { class: 'party-type' }, ` ${typeWords(type)}`),
    );
    const words = changeWords(change);
    const parts = words ? [words.from, words.to].filter((each) => each !== '') : [];
    this.#change.textContent = words && words.from === '' ? `→ ${words.to}` : parts.join(' → ');
    this.#change.title = this.#change.textContent;
  }

  /** @param {Message} message @param {LanePlan | undefined} plan */
  #lay(message, plan) {
    this.#arrow.hidden = !plan;
    if (!plan) {
      this.#words.removeAttribute('style');
      return;
    }
    const { shape, left, width, words } = plan.arrowOf(message);
    this.#arrow.dataset.shape = shape;
    this.#words.dataset.shape = shape;
    stretch(this.#arrow, left, width);
    stretch(this.#words, words.left, words.width);
  }
}

/** @param {Lane} from @param {Lane} to */
function partiesOf(from, to) {
  if (from.id === to.id) return [party(from), ' ↻'];
  return [party(from), ' → ', party(to)];
}

/** @param {Lane} lane */
function party(lane) {
  const element = make('bdi', { class: 'party' }, laneWords(lane));
  element.dataset.kind = lane.kind;
  return element;
}

/** @param {HTMLElement} element @param {number} left rem @param {number} width rem */
function stretch({ style }, left, width) {
  style.left = `${left}rem`;
  style.width = `${width}rem`;
}
