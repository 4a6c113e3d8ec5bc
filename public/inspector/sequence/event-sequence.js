// @ts-check
import { announce, make } from '../../dom.js';
import { EventFilter } from './event-filter.js';
import { FilterBar } from './filter-bar.js';
import { MessageDetails } from './message-details.js';
import { placeAfter } from './row-keys.js';
import { ShownMessages } from './shown-messages.js';
import { Timeline } from './timeline.js';

/** @import { Message } from './lane.js' */

/**
 * Who sent what to whom: a sequence diagram that grows at its end. Announces `message-chosen` with the id of a message
 * and `actor-chosen` with that of a lane.
 */
export class EventSequence extends HTMLElement {
  #filter = new EventFilter();
  #messages = new ShownMessages(this.#filter);
  #timeline = new Timeline(this.#messages);
  #details = new MessageDetails(() => this.#closeDetails());
  #bar = new FilterBar(this.#filter, {
    refilter: () => this.#refilter(),
    chooseLanes: (onlyInView) => this.#chooseLanes(onlyInView),
  });
  #empty = make('div', { class: 'sequence-empty' });
  #isFollowing = true;

  connectedCallback() {
    if (this.firstChild) return;
    const { grid, element } = this.#timeline;
    element.append(this.#empty);
    this.append(this.#bar.element, make('div', { class: 'sequence-body' }, element, this.#details.element));
    grid.addEventListener('keydown', (event) => this.#takeKey(event));
    grid.addEventListener('focus', () => this.#beginSomewhere());
    grid.addEventListener('click', ({ target }) => {
      const row = target instanceof Element ? target.closest('.row') : null;
      if (row) this.#choose(Number(row.id.replace('event-', '')));
    });
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#details.message) return;
      if (event.target instanceof HTMLInputElement) return; // There it takes back what was typed.
      event.preventDefault();
      this.#closeDetails();
    });
    this.#draw();
  }

  /**
   * @param {readonly Message[]} messages oldest first; what stays of a recording keeps its ids
   * @param {{ playhead?: number | undefined, isFollowing: boolean, actor?: string | undefined }} view id of the last
   *   message that has happened; whether the newest is wanted in sight; whose lane is
   */
  showMessages(messages, { playhead, isFollowing, actor }) {
    const timeline = this.#timeline;
    timeline.kept.id = actor;
    const { added } = this.#messages.show(messages);
    const present = isFollowing ? undefined : playhead;
    const hasMoved = present !== undefined && present !== timeline.playhead;
    timeline.playhead = present;
    if (isFollowing && !this.#isFollowing) timeline.follow();
    else if (!isFollowing) timeline.stay();
    this.#isFollowing = isFollowing;
    timeline.noteAdded(added);
    if (hasMoved) this.#revealPlayhead(present);
    this.#refreshDetails(messages.length === 0);
    this.#draw();
  }

  /** Marks a message and shows its details; none to close them. @param {number | undefined} id */
  choose(id) {
    const message = id === undefined ? undefined : this.#messages.byId(id);
    const timeline = this.#timeline;
    timeline.chosen = message?.id;
    this.#details.show(message);
    if (message) {
      timeline.active = message.id;
      const place = this.#messages.placeOf(message.id);
      if (place < this.#messages.count - 1) timeline.stay();
      if (this.#messages.at(place) === message) this.#timeline.reveal(place);
    }
    timeline.schedule();
  }

  /** @param {number} id */
  #choose(id) {
    this.choose(id);
    announce(this, 'message-chosen', { id });
  }

  #closeDetails() {
    const hadFocus = this.#details.element.contains(document.activeElement);
    this.choose(undefined);
    if (hadFocus) this.#timeline.grid.focus({ preventScroll: true });
  }

  /** @param {boolean} isCleared */
  #refreshDetails(isCleared) {
    const { message } = this.#details;
    if (!message) return;
    // One that has been cut off at the start is still there to be read.
    if (isCleared) this.#closeDetails();
    else this.#details.show(this.#messages.byId(message.id) ?? message);
  }

  /** A row is active as soon as the keyboard is in the list: the one chosen, or the last in sight. */
  #beginSomewhere() {
    const timeline = this.#timeline;
    const { active } = timeline;
    const isThere = active !== undefined && this.#messages.at(this.#messages.placeOf(active))?.id === active;
    if (!isThere) timeline.active = this.#messages.at(timeline.lastInSight)?.id;
    timeline.schedule();
  }

  /** @param {KeyboardEvent} event */
  #takeKey(event) {
    const { active, pageRows } = this.#timeline;
    const { count } = this.#messages;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (active === undefined || !this.#messages.byId(active)) return;
      this.#choose(active);
      this.#details.element.focus();
      return;
    }
    const place = active === undefined ? count - 1 : this.#messages.placeOf(active);
    const wanted = placeAfter(event.key, { place, count, page: pageRows });
    if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#timeline.active = this.#messages.at(wanted)?.id;
    if (wanted === count - 1 && this.#isFollowing) this.#timeline.follow();
    else this.#timeline.stay();
    this.#timeline.reveal(wanted);
  }

  /** @param {number} playhead */
  #revealPlayhead(playhead) {
    const last = this.#messages.placeOf(playhead + 1) - 1;
    if (last >= 0) this.#timeline.reveal(last);
  }

  #refilter() {
    this.#messages.refilter();
    this.#timeline.schedule();
    this.#draw();
  }

  /** @param {boolean} onlyInView */
  #chooseLanes(onlyInView) {
    this.#timeline.lanes.choice = onlyInView;
    this.#timeline.schedule();
  }

  #draw() {
    const { count, total } = this.#messages;
    this.#bar.draw(this.#messages, this.#timeline.lanes.isOn);
    this.#empty.hidden = count > 0;
    const state = total === 0 ? 'quiet' : 'filtered';
    if (count > 0 || this.#empty.dataset.state === state) return;
    this.#empty.dataset.state = state;
    this.#empty.replaceChildren(...(total === 0 ? nothingYet() : this.#allHidden()));
  }

  #allHidden() {
    const all = make('button', {}, 'Show all events');
    all.type = 'button';
    all.addEventListener('click', () => {
      this.#bar.reset();
      this.#filter.showsHeartbeats = true;
      this.#refilter();
      this.#timeline.grid.focus({ preventScroll: true }); // The button has gone.
    });
    return [
      make('p', { class: 'empty-title' }, 'All events are hidden by the filter'),
      make('p', {}, 'What comes next shows here as soon as it passes.'),
      all,
    ];
  }
}

function nothingYet() {
  return [
    make('p', { class: 'empty-title' }, 'Nothing has happened yet'),
    make('p', {}, 'Each event shows here as an arrow, from the actor that sent it to the one that got it.'),
  ];
}

customElements.define('event-sequence', EventSequence);
