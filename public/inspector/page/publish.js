// @ts-check
import { CHANNEL } from '../feed/channel.js';
import { pageActorId } from '../record/kinds.js';
import { Watch } from './watch.js';

/** @import { Connection } from '../../connection/connection.js' */
/** @import { PageQuestion } from '../feed/channel.js' */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Lets the inspectors in this browser see a chat page's connection machine: what it is when they ask, then all that it
 * does. Only loaded when the page was opened with `?inspect`.
 * @param {Connection} connection
 * @param {() => string} userName
 */
export function publish(connection, userName) {
  const tag = mintTag();
  const channel = new BroadcastChannel(CHANNEL);
  const id = pageActorId(tag);
  const watch = new Watch(
    id,
    () => `page:${userName() || tag}`,
    (frame) => channel.postMessage(frame),
  );

  channel.onmessage = ({ data }) => {
    const { ask } = /** @type {PageQuestion} */ (data);
    if (ask === 'who') watch.introduce();
    if (ask === 'roll') channel.postMessage({ here: id });
  };
  addEventListener('pagehide', () => watch.takeLeave());
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) watch.introduce();
  });

  watch.look(connection.beInspected(tag, (inspected) => watch.note(inspected)));
  watch.introduce();
}

/** As the server takes it: `inspect` in the parameters of `/ws/chat`. */
function mintTag() {
  const numbers = crypto.getRandomValues(new Uint8Array(12));
  return [...numbers].map((number) => LETTERS[number % LETTERS.length]).join('');
}
