// @ts-check
import { find, listen } from '../../dom.js';
import { EventSequence } from '../sequence/event-sequence.js';

/** @import { Inspector } from '../inspector.js' */
/** @import { Scene } from '../scene.js' */

/** Milliseconds. */
const SHOWN_EVERY = 100;

/** The sequence diagram of the events up to the place that is looked at. @param {Inspector} inspector */
export function wireEvents(inspector) {
  const sequence = find(document, 'event-sequence', EventSequence);
  let shown = '';
  let shownAt = 0;
  /** @type {number | undefined} */
  let timer;

  inspector.watch((scene) => {
    clearTimeout(timer);
    const wait = shownAt + SHOWN_EVERY - performance.now();
    if (wait > 0) timer = setTimeout(() => show(inspector.scene), wait);
    else show(scene);
  });

  listen('message-chosen', ({ id }) => {
    const { playback, recording, file } = inspector.scene;
    // While it goes on, whoever looks at one event is not taken away from the others.
    if (playback.isLive && !file) return;
    // To the moment after what it brought about, or after its arrival when that is not known.
    const frame = recording.entryAt(id)?.frame;
    const eventId = frame?.type === '@xstate.event' ? frame.id : undefined;
    const settled = recording.entries.find(
      (entry) => entry.frame.type === '@troupe.step' && entry.frame.eventId === eventId,
    );
    inspector.play((each) => each.goTo(settled?.place ?? id));
  });

  /** @param {Scene} scene */
  function show({ recording, playback, chosen }) {
    shownAt = performance.now();
    const { messages, start, end } = recording;
    const { isLive, place } = playback;
    const key = JSON.stringify([start, end, place, isLive, chosen?.id]);
    if (key === shown) return;
    shown = key;
    sequence.showMessages(messages.all.slice(), { playhead: place, isFollowing: isLive, actor: chosen?.id });
  }
}
