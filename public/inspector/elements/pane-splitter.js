// @ts-check
import { slot } from '../../memory.js';

/** Of the height of both panes, in per cent, for the lower one. */
const SHARE = { least: 15, most: 85, step: 5, usual: 50 };

const kept = slot(() => localStorage, 'troupe.inspector.events', '');

/** Between the statechart and the events: drawn, or moved with the keys, it gives the one what it takes from the other. */
export class PaneSplitter extends HTMLElement {
  connectedCallback() {
    this.role = 'separator';
    this.tabIndex = 0;
    this.ariaOrientation = 'horizontal';
    this.ariaLabel = 'Height of the events';
    this.setAttribute('aria-controls', 'events-pane');
    this.ariaValueMin = String(SHARE.least);
    this.ariaValueMax = String(SHARE.most);
    this.#give(Number(kept.get()) || SHARE.usual);
    this.addEventListener('keydown', (event) => this.#moveByKey(event));
    this.addEventListener('pointerdown', (event) => this.setPointerCapture(event.pointerId));
    this.addEventListener('pointermove', (event) => {
      if (this.hasPointerCapture(event.pointerId)) this.#moveTo(event.clientY);
    });
    this.addEventListener('dblclick', () => this.#keep(SHARE.usual));
  }

  get #share() {
    return Number(this.ariaValueNow);
  }

  /** @param {KeyboardEvent} event */
  #moveByKey(event) {
    /** @type {Record<string, number>} */
    const shares = {
      ArrowUp: this.#share + SHARE.step,
      ArrowDown: this.#share - SHARE.step,
      Home: SHARE.most,
      End: SHARE.least,
      Enter: SHARE.usual,
    };
    const share = shares[event.key];
    if (share === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#keep(share);
  }

  /** @param {number} y in the window, in pixels */
  #moveTo(y) {
    const box = this.parentElement?.getBoundingClientRect();
    if (box) this.#keep(((box.bottom - y) / box.height) * 100);
  }

  /** @param {number} share */
  #keep(share) {
    this.#give(share);
    kept.set(this.ariaValueNow ?? '');
  }

  /** @param {number} share */
  #give(share) {
    const bounded = Math.round(Math.min(SHARE.most, Math.max(SHARE.least, share)));
    this.ariaValueNow = String(bounded);
    this.ariaValueText = `${bounded} %`;
    this.parentElement?.style.setProperty('--events-share', `${bounded}%`);
  }
}

customElements.define('pane-splitter', PaneSplitter);
