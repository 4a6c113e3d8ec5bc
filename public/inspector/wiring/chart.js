// @ts-check
import { find } from '../../dom.js';
import { StateChart } from '../chart/state-chart.js';

/** @import { TimerView } from '../../../src/inspect/wire.ts' */
/** @import { Inspector } from '../inspector.js' */
/** @import { ActorState } from '../record/actor.js' */
/** @import { Scene } from '../scene.js' */

/** The statechart of the chosen actor, told only what is new. @param {Inspector} inspector */
export function wireChart(inspector) {
  const chart = find(document, 'state-chart', StateChart);
  const blank = find(document, '#chart-blank', HTMLElement);
  /** @type {string | undefined} */
  let definition;
  /** @type {ActorState | undefined} */
  let shown;
  let timersKey = '';

  inspector.watch((scene) => {
    const { chosen } = scene;
    chart.hidden = scene.definition === undefined;
    blank.hidden = !chart.hidden;
    const words = blankWords(scene);
    if (blank.textContent !== words) blank.textContent = words;
    const isOther = shown?.id !== chosen?.id || scene.definition !== definition;
    if (isOther) {
      definition = scene.definition;
      chart.showMachine(definition);
      timersKey = '';
    }
    if (chart.hidden || !chosen) {
      shown = chosen;
      return;
    }
    if (isOther || shown?.value !== chosen.value || shown?.status !== chosen.status) {
      chart.showState(chosen.value, chosen.status);
    }
    if (isOther || shown?.step !== chosen.step) chart.showStep(chosen.step?.transitions ?? []);
    shown = chosen;
    const isLive = scene.playback.isLive && !scene.file && chosen.endedAt === 0;
    const key = JSON.stringify([chosen.id, scene.seen?.at, isLive, isLive ? 0 : scene.now]);
    if (key === timersKey) return;
    timersKey = key;
    chart.showTimers(timersAt(scene), isLive);
  });
}

/** The delays that run, as far as they have come by now. @param {Scene} scene @returns {TimerView[]} */
function timersAt({ seen, now, chosen }) {
  if (!seen || (chosen && chosen.endedAt > 0)) return [];
  const passed = Math.max(0, now - seen.at);
  return seen.timers.map(({ event, delay, elapsed }) => ({
    event,
    delay,
    elapsed: Math.min(delay, elapsed + passed),
  }));
}

/** @param {Scene} scene */
function blankWords({ chosen, file }) {
  if (!chosen) return 'Choose an actor in the list to see its statechart and what it holds.';
  if (chosen.endedAt > 0) return 'It has ended, and its statechart was not asked for before.';
  return file ? 'Its statechart was not recorded.' : 'Waiting for its statechart…';
}
