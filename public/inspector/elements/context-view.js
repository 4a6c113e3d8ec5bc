// @ts-check
import { make } from '../../dom.js';
import { changesBetween } from '../record/changes.js';
import { keyOf, wordsFor } from '../record/tree.js';
import { clockTime } from '../scene.js';
import { ValueTree } from './value-tree.js';

/** @import { ActorState, Seen } from '../record/actor.js' */
/** @import { Change } from '../record/changes.js' */
/** @import { Scene } from '../scene.js' */

/** So many changes are listed; the tree marks the others. */
const LISTED_MAX = 20;
/** Characters of a value in the list of changes. */
const WORDS_MAX = 120;

/** What the chosen actor holds, and what changed in its last step. */
export class ContextView extends HTMLElement {
  #blank = make('p', { class: 'blank' }, 'Choose an actor to see what it holds.');
  #error = make('p', { class: 'error' });
  #cause = make('p', { class: 'cause' });
  #changes = make('ul', { class: 'changes', 'aria-label': 'What changed' });
  #tree = new ValueTree('Context', (depth) => depth === 1);
  #holds = make('h3', {}, 'Now');
  #last = make(
    'section',
    { 'aria-label': 'Last change' },
    make('h3', {}, 'Last change'),
    this.#cause,
    this.#changes,
  );
  /** @type {Seen | undefined} */
  #seen;
  /** @type {Seen | undefined} */
  #before;
  /** @type {ActorState['step']} */
  #step;

  connectedCallback() {
    if (this.firstChild) return;
    this.append(
      make('h2', {}, 'Context'),
      this.#blank,
      this.#error,
      this.#last,
      this.#holds,
      this.#tree.element,
    );
    this.#showAny(false);
  }

  /** @param {Scene} scene */
  render({ chosen, seen, before, playback }) {
    if (seen === this.#seen && before === this.#before && chosen?.step === this.#step && seen) return;
    // What came of a step that was just taken is told a moment later: the two change together.
    if (playback.isLive && seen && seen === this.#seen && chosen?.step && chosen.step.at > seen.at) return;
    this.#seen = seen;
    this.#before = before;
    this.#step = chosen?.step;
    this.#showAny(seen !== undefined);
    setText(this.#blank, chosen ? blankWords(chosen) : 'Choose an actor to see what it holds.');
    if (!seen) return;
    setText(this.#error, seen.error === undefined ? '' : `It has crashed: ${errorWords(seen.error)}`);
    const changes = before ? changesBetween(before.context, seen.context) : [];
    this.#last.hidden = !before && !chosen?.step;
    setText(this.#cause, causeWords(chosen?.step, changes.length));
    this.#changes.replaceChildren(...changes.slice(0, LISTED_MAX).map(lineOf));
    if (changes.length > LISTED_MAX) {
      this.#changes.append(make('li', {}, `and ${changes.length - LISTED_MAX} more, marked below`));
    }
    this.#tree.show(seen.context, new Set(changes.map(({ path }) => keyOf(path))));
  }

  /** @param {boolean} isAny */
  #showAny(isAny) {
    this.#blank.hidden = isAny;
    this.#error.hidden = !isAny;
    this.#last.hidden = !isAny;
    this.#holds.hidden = !isAny;
    this.#tree.element.hidden = !isAny;
  }
}

/** @param {ActorState} actor */
function blankWords({ endedAt }) {
  return endedAt > 0 ? 'It has ended, and was not looked at before.' : 'Waiting for what it holds…';
}

/** @param {ActorState['step']} step @param {number} count */
function causeWords(step, count) {
  const nothing = count === 0 ? ', which changed nothing here' : '';
  return step ? `${step.event} at ${clockTime(step.at)}${nothing}` : nothing && 'Nothing has changed yet.';
}

/** @param {Change} change */
function lineOf({ path, kind, from, to }) {
  const name = make('bdi', { class: 'path' }, path.join('.') || 'context');
  const old = make('del', {}, shortly(from));
  const fresh = make('ins', {}, shortly(to));
  const parts = kind === 'added' ? [fresh] : kind === 'removed' ? [old] : [old, arrow(), fresh];
  return make('li', { class: kind }, make('span', { class: 'sign' }, `${kind} `), name, ' ', ...parts);
}

function arrow() {
  return make(
    'span',
    { class: 'arrow' },
    make('span', { 'aria-hidden': 'true' }, ' → '),
    visuallyHidden(' is now '),
  );
}

/** @param {string} text */
function visuallyHidden(text) {
  return make('span', { class: 'visually-hidden' }, text);
}

/** @param {unknown} value */
function shortly(value) {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : wordsFor(value).words;
  return text.length > WORDS_MAX ? `${text.slice(0, WORDS_MAX)}…` : text;
}

/** @param {unknown} error */
function errorWords(error) {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return typeof error === 'string' ? error : JSON.stringify(error);
}

/** @param {Element} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

customElements.define('context-view', ContextView);
