// @ts-check
/** @import { ConnectionStatus as Status } from '../connection.js' */
/** @import { State } from '../state.js' */

/** Says in words how the line to the server is. */
export class ConnectionStatus extends HTMLElement {
  /** @param {State} state */
  render({ connection }) {
    const text = words[connection.name];
    if (this.textContent !== text) this.replaceChildren(text);
    this.dataset.status = connection.name;
  }
}

/** @type {Record<Status['name'], string>} */
const words = {
  idle: 'Not connected',
  connecting: 'Connecting…',
  online: 'Connected',
  waiting: 'Reconnecting…',
  ended: 'Disconnected',
};

customElements.define('connection-status', ConnectionStatus);
