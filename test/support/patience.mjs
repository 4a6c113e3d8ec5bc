// @ts-check
import { performance } from 'node:perf_hooks';

/**
 * Milliseconds that anything may take to come. A machine that is busy with other things is slow, and whoever waits
 * in vain fails all the same: only a failure costs so much. Less in a run of mutants, where failing is the rule.
 */
export const PATIENCE_MS = Number(process.env.TEST_PATIENCE_MS ?? 30_000);

/**
 * Gives up once this process has had nothing to do for so long, all in all. That is fair on a busy machine, where
 * by the clock the time may be over before anybody had a chance.
 * @param {number} ms milliseconds
 * @param {() => void} giveUp
 * @returns {() => void} ends it
 */
export function whenIdleFor(ms, giveUp) {
  const start = performance.eventLoopUtilization();
  let timer = setTimeout(look, ms);
  return () => clearTimeout(timer);

  function look() {
    const left = ms - performance.eventLoopUtilization(start).idle;
    if (left <= 0) giveUp();
    else timer = setTimeout(look, Math.ceil(left));
  }
}
