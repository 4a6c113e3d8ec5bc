// @ts-check
import { find, listen } from '../../dom.js';
import { PlaybackBar } from '../elements/playback-bar.js';
import { stateWords } from '../record/state-value.js';
import { clockTime } from '../scene.js';

/** @import { Inspector } from '../inspector.js' */
/** @import { Scene } from '../scene.js' */

/** The bar below, and what is said aloud of where one is. @param {Inspector} inspector */
export function wirePlayback(inspector) {
  const bar = find(document, 'playback-bar', PlaybackBar);
  const spoken = find(document, '#spoken', HTMLElement);
  inspector.watch((scene) => {
    bar.render(scene);
    document.body.classList.toggle('paused', !scene.playback.isLive);
  });

  listen('playback-toggle', () => {
    inspector.play((playback) => (playback.isLive ? playback.pause() : playback.resume()));
    speak();
  });
  listen('playback-live', () => {
    inspector.play((playback) => playback.resume());
    speak();
  });
  listen('playback-step', (direction) => {
    inspector.play((playback) => playback.step(direction));
    speak();
  });
  // The slider says by itself where it is.
  listen('playback-seek', (count) => inspector.play((playback) => playback.goToStep(count)));
  listen('playback-only', (isOnly) => inspector.countOnlyChosen(isOnly));
  listen('clear', () => {
    inspector.clear();
    spoken.textContent = 'Cleared';
  });

  function speak() {
    spoken.textContent = wordsFor(inspector.scene);
  }
}

/** @param {Scene} scene */
function wordsFor({ playback, recording, world }) {
  if (playback.isLive) return 'Live';
  const { place, passed, stops, at } = playback;
  const frame = recording.entryAt(place)?.frame;
  const when = at === undefined ? '' : ` at ${clockTime(at)}`;
  const where = `Step ${passed} of ${stops.length}${when}`;
  if (frame?.type !== '@troupe.step') return `Paused. ${where}`;
  return `${where}: ${world.find(frame.sessionId)?.name ?? ''}, ${frame.event}, ${stateWords(frame.to)}`;
}
