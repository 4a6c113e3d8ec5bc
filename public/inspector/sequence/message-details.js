// @ts-check
import { announce, make } from '../../dom.js';
import { ValueTree } from '../elements/value-tree.js';
import { stateWords } from '../record/state-value.js';
import { laneWords } from './lane.js';
import { timeOfDay } from './message-words.js';

/** @import { Lane, Message } from './lane.js' */

/** Up to so many entries, and so deep, the payload is open from the start. */
const OPEN_SIZE = 12;
const OPEN_DEPTH = 3;

/** All of one message. Announces `actor-chosen` for its sender and its receiver. */
export class MessageDetails {
  element = make('section', { class: 'event-details', 'aria-label': 'Event details' });
  #type = make('p', { class: 'details-type' });
  #facts = make('dl', {});
  #payload = new ValueTree('Payload', (depth, size) => depth <= OPEN_DEPTH && size <= OPEN_SIZE);
  #before = make('dd', { class: 'details-change' });
  /** @type {Message | undefined} */
  #message;
  /** @type {Message['change']} */
  #change;

  /** @param {() => void} close */
  constructor(close) {
    const button = make(
      'button',
      { class: 'icon quiet', 'aria-label': 'Close details', title: 'Close (Esc)' },
      '✕',
    );
    button.type = 'button';
    button.addEventListener('click', close);
    this.element.hidden = true;
    // It takes the focus, so that the next Tab leads into it.
    this.element.tabIndex = -1;
    this.element.append(
      make('div', { class: 'details-top' }, this.#type, button),
      this.#facts,
      make('p', { class: 'details-label', 'aria-hidden': 'true' }, 'Payload'),
      this.#payload.element,
    );
  }

  get message() {
    return this.#message;
  }

  /** @param {Message | undefined} message none to hide it */
  show(message) {
    this.element.hidden = message === undefined;
    const isSame = message === this.#message;
    if (!message || (isSame && message.change === this.#change)) {
      this.#message = message;
      return;
    }
    const { id } = message;
    const isAnother = id !== this.#message?.id;
    this.#message = message;
    this.#change = message.change;
    this.#before.textContent = changeInFull(message.change);
    if (!isAnother) return; // Only its change has come; what the reader has unfolded stays.
    const { type, at, from, to, payload } = message;
    this.#type.textContent = type;
    this.#facts.replaceChildren(
      ...fact('Time', make('dd', {}, `${new Date(at).toLocaleDateString()} ${timeOfDay(at)}`)),
      ...fact('From', make('dd', {}, actorButton(from))),
      ...fact('To', make('dd', {}, from.id === to.id ? 'itself' : actorButton(to))),
      ...fact('State', this.#before),
    );
    this.#payload.show(payload);
    this.element.scrollTop = 0;
  }
}

/** @param {Message['change']} change */
function changeInFull(change) {
  if (!change) return 'not known';
  const after = stateWords(change.to);
  if (change.from === null) return `starts as ${after}`;
  const before = stateWords(change.from);
  return before === after ? `stays ${after}` : `${before} → ${after}`;
}

/** @param {string} name @param {HTMLElement} description */
function fact(name, description) {
  return [make('dt', {}, name), description];
}

/** @param {Lane} lane */
function actorButton(lane) {
  const button = make('button', { class: 'quiet details-party' }, make('bdi', {}, laneWords(lane)));
  button.type = 'button';
  button.dataset.kind = lane.kind;
  button.addEventListener('click', () => announce(button, 'actor-chosen', { id: lane.id }));
  return button;
}
