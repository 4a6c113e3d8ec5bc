// @ts-check
import { make } from '../../dom.js';
import { FilterMenu } from './filter-menu.js';
import { laneWords } from './lane.js';

/** @import { EventFilter } from './event-filter.js' */
/** @import { ShownMessages } from './shown-messages.js' */

/** What is above the diagram: which messages are shown, and how many are not. */
export class FilterBar {
  element = make('div', { class: 'filter-bar', 'aria-label': 'Filter events' });
  #text = make('input', { class: 'filter-text', 'aria-label': 'Filter by type or name' });
  #counts = make('span', { class: 'counts' });
  #reset = make('button', { class: 'quiet' }, 'Reset filter');
  #filter;
  #types;
  #actors;
  #heartbeats;
  #heartbeatCount = make('span', { class: 'count' });
  #lanes;

  /**
   * @param {EventFilter} filter
   * @param {{ refilter: () => void, chooseLanes: (onlyInView: boolean) => void }} acts
   */
  constructor(filter, { refilter, chooseLanes }) {
    this.#filter = filter;
    this.#types = new FilterMenu('Types', filter.types, refilter);
    this.#actors = new FilterMenu('Actors', filter.actors, refilter);
    this.#heartbeats = switchFor('Heartbeats', (isOn) => {
      filter.showsHeartbeats = isOn;
      refilter();
    });
    this.#heartbeats.label.append(this.#heartbeatCount);
    this.#lanes = switchFor('Only lanes in view', chooseLanes);
    this.#lanes.label.classList.add('lanes-switch');
    this.#text.type = 'search';
    this.#text.placeholder = 'Type or name';
    this.#text.autocomplete = 'off';
    this.#text.spellcheck = false;
    this.#text.addEventListener('input', () => {
      filter.text = this.#text.value;
      refilter();
    });
    this.#reset.type = 'button';
    this.#reset.addEventListener('click', () => {
      this.reset();
      refilter();
      this.#text.focus(); // The button is about to go.
    });
    this.element.role = 'group';
    const { element } = this;
    element.append(this.#text, this.#types.element, this.#actors.element);
    element.append(this.#heartbeats.label, this.#lanes.label);
    element.append(make('span', { class: 'outcome' }, this.#counts, this.#reset));
  }

  reset() {
    this.#filter.reset();
    this.#text.value = '';
  }

  /** @param {ShownMessages} messages @param {boolean} onlyInView whether lanes that are idle in sight are left out */
  draw(messages, onlyInView) {
    const { types, lanes, count, total, heartbeats } = messages;
    this.#types.draw(() =>
      [...types]
        .map(([type, times]) => ({ key: type, words: type, count: times }))
        .sort((one, other) => one.words.localeCompare(other.words)),
    );
    this.#actors.draw(() =>
      lanes.all.map(({ lane, all }) => ({ key: lane.id, words: laneWords(lane), count: all })),
    );
    this.#heartbeats.box.checked = this.#filter.showsHeartbeats;
    this.#heartbeatCount.textContent = heartbeats > 0 ? heartbeats.toLocaleString() : '';
    this.#lanes.box.checked = onlyInView;
    const hidden = total - count;
    const words = total === 0 ? '' : `${count.toLocaleString()} shown`;
    this.#counts.textContent = hidden > 0 ? `${words}, ${hidden.toLocaleString()} hidden` : words;
    this.#reset.hidden = !this.#filter.isNarrowed;
  }
}

/** @param {string} words @param {(isOn: boolean) => void} change */
function switchFor(words, change) {
  const box = make('input', {});
  box.type = 'checkbox';
  box.role = 'switch';
  box.addEventListener('change', () => change(box.checked));
  return { box, label: make('label', { class: 'switch' }, box, make('span', {}, words)) };
}
