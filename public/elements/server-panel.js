// @ts-check
import { find } from '../dom.js';
import { Rates } from '../rates.js';
import { RateChart } from './rate-chart.js';

/** @import { Stats } from '../../src/protocol/entities.ts' */
/** @import { State } from '../state.js' */

const UNKNOWN = '–';
const numbers = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

/** The server in numbers, as it says them itself every few seconds. */
export class ServerPanel extends HTMLElement {
  static watches = /** @type {const} */ (['stats', 'directory']);
  #rates = new Rates();
  /** @type {Stats | undefined} */
  #shown;

  /** @param {State} state */
  render({ stats, usersOnline, directory }) {
    this.#set('online', written(usersOnline));
    this.#set('rooms', written(directory.size || stats?.rooms_count));
    if (stats === this.#shown) return;
    this.#shown = stats;
    this.#set('messages', written(stats && stats.messages_total + stats.private_messages_total));
    this.#set('uptime', stats ? duration(stats.uptime) : UNKNOWN);
    if (stats) this.#rates.take(stats);
    const { list } = this.#rates;
    const now = list.at(-1);
    this.#set('rate', now === undefined ? UNKNOWN : written(Math.round(now)));
    find(this, 'rate-chart', RateChart).show(list);
  }

  /** @param {string} figure @param {string} text */
  #set(figure, text) {
    const place = find(this, `.${figure}`, HTMLElement);
    if (place.textContent !== text) place.textContent = text;
  }
}

/** @param {number | undefined} figure */
function written(figure) {
  return figure === undefined ? UNKNOWN : numbers.format(figure);
}

/** In its two greatest units. @param {number} seconds */
function duration(seconds) {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  if (minutes > 0) return `${minutes} min`;
  return `${seconds} s`;
}

customElements.define('server-panel', ServerPanel);
