// @ts-check
import { announce, make } from '../../dom.js';
import { clockTime } from '../scene.js';
import { icons } from './icons.js';

/** @import { Scene } from '../scene.js' */

/**
 * Where in the recording one looks. Announces `playback-toggle`, `playback-step` with -1 or 1, `playback-seek` with a
 * number of steps, `playback-live`, `playback-only` with whether only the chosen actor's steps count, and `clear`.
 */
export class PlaybackBar extends HTMLElement {
  #pause = button('Pause', icons.pause());
  #back = button('Step back', icons.back());
  #forth = button('Step forward', icons.forth());
  #slider = make('input', { 'aria-label': 'Place in the recording' });
  #words = make('p', { class: 'place' });
  #only = make('input', {});
  #onlyLabel = make('label', { class: 'only' }, this.#only, 'Only this actor');
  #newer = make('span', { class: 'newer' });
  #live = make('button', { class: 'live' }, 'Live', this.#newer);
  #clear = make('button', { class: 'clear' }, 'Clear');
  #shown = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.#slider.type = 'range';
    this.#slider.min = '0';
    this.#slider.step = '1';
    this.#only.type = 'checkbox';
    this.#onlyLabel.title = 'Count the steps of the chosen actor alone';
    this.#live.type = 'button';
    this.#clear.type = 'button';
    this.#pause.addEventListener('click', () => announce(this, 'playback-toggle'));
    this.#back.addEventListener('click', () => announce(this, 'playback-step', -1));
    this.#forth.addEventListener('click', () => announce(this, 'playback-step', 1));
    this.#slider.addEventListener('input', () => announce(this, 'playback-seek', this.#slider.valueAsNumber));
    this.#only.addEventListener('change', () => announce(this, 'playback-only', this.#only.checked));
    this.#live.addEventListener('click', () => announce(this, 'playback-live'));
    this.#clear.addEventListener('click', () => announce(this, 'clear'));
    this.append(
      make('div', { class: 'steps' }, this.#back, this.#pause, this.#forth),
      this.#slider,
      this.#words,
      this.#onlyLabel,
      this.#live,
      this.#clear,
    );
  }

  /** @param {Scene} scene */
  render({ playback, recording, chosen, file }) {
    const { isLive, passed } = playback;
    const { length } = playback.stops;
    const newer = recording.end - playback.place;
    const isFull = recording.missed > 0;
    const key = JSON.stringify([
      isLive,
      passed,
      length,
      newer,
      isFull,
      playback.at,
      playback.only,
      chosen?.id,
      file,
    ]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.#pause.ariaPressed = String(!isLive);
    this.#pause.ariaLabel = isLive ? 'Pause' : 'Paused';
    this.#pause.title = isLive ? 'Pause (space)' : 'Go on (space)';
    this.#pause.replaceChildren(isLive ? icons.pause() : icons.play());
    this.#slider.max = String(length);
    this.#slider.value = String(passed);
    this.#slider.disabled = length === 0;
    const at = playback.at;
    const place = length === 0 ? 'No steps yet' : `Step ${passed} of ${length}`;
    const text = isLive || at === undefined ? place : `${place} · ${clockTime(at)}`;
    this.#slider.ariaValueText = isLive ? `${place}, live` : text;
    this.#words.textContent = text;
    this.#back.disabled = passed === 0;
    this.#only.checked = playback.only !== undefined;
    this.#only.disabled = chosen === undefined;
    this.#live.ariaDisabled = String(isLive);
    this.#live.firstChild?.replaceWith(file ? 'End' : 'Live');
    this.#newer.textContent = isLive || newer === 0 ? '' : `+${newer}${isFull ? ', full' : ''}`;
    this.#newer.title = isFull
      ? 'The recording is full, and what comes now is not recorded. Live begins it anew.'
      : 'so much has been recorded since';
  }
}

/** @param {string} label @param {SVGElement} icon */
function button(label, icon) {
  const made = make('button', { class: 'icon', 'aria-label': label, title: label }, icon);
  made.type = 'button';
  return made;
}

customElements.define('playback-bar', PlaybackBar);
