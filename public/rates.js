// @ts-check
/** @import { Stats } from '../src/protocol/entities.ts' */

/** Figures that are kept: at one each ten seconds, those of the last five minutes. */
export const RATES_KEPT = 30;

/** Seconds below which a figure says more about chance than about the chat. */
const SHORTEST = 5;

/** Messages a minute, from one word of the server to its next. */
export class Rates {
  /** @type {number[]} oldest first */
  list = [];
  /** @type {{ uptime: number, total: number } | undefined} */
  #last;

  /** @param {Stats} stats */
  take({ uptime, messages_total, private_messages_total }) {
    const total = messages_total + private_messages_total;
    const last = this.#last;
    const isNewServer = !last || uptime < last.uptime || total < last.total;
    if (isNewServer) this.list = [];
    else if (uptime - last.uptime < SHORTEST) return;
    else this.list = [...this.list, ((total - last.total) * 60) / (uptime - last.uptime)].slice(-RATES_KEPT);
    this.#last = { uptime, total };
  }
}
