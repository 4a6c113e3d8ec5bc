// @ts-check
import { make } from '../dom.js';
import { stateWords } from './record/state-value.js';

/** @import { StateValue } from '../../src/inspect/wire.ts' */
/** @import { Message } from './record/messages.js' */

// Stand in where the statechart and the sequence diagram are not there: the same in words.

/** So many messages are written out. */
const WRITTEN_MAX = 200;

class StateInWords extends HTMLElement {
  showMachine() {}

  /** @param {StateValue | undefined} value */
  showState(value) {
    this.textContent = stateWords(value);
  }

  showStep() {}
  showTimers() {}
}

class MessagesInWords extends HTMLElement {
  /** @param {readonly Message[]} messages @param {{ playhead: number }} view */
  showMessages(messages, { playhead }) {
    const lines = messages
      .filter(({ id, isHeartbeat }) => id <= playhead && !isHeartbeat)
      .slice(-WRITTEN_MAX)
      .map(({ from, to, type, change }) =>
        make('li', {}, `${from.name} → ${to.name}: ${type}${change ? ` (${stateWords(change.to)})` : ''}`),
      );
    this.replaceChildren(make('ol', { 'aria-label': 'Events' }, ...lines));
    this.role = 'presentation';
  }

  choose() {}
}

if (!customElements.get('state-chart')) customElements.define('state-chart', StateInWords);
if (!customElements.get('event-sequence')) customElements.define('event-sequence', MessagesInWords);
