// @ts-check
import { Room } from './room.js';

/** @import { ConnectionStatus } from './connection.js' */

/** Everything that the page shows. The views read it, `chat.js` and `frames.js` change it. */
export class State {
  /** @type {'out' | 'joining' | 'in'} */
  phase = 'out';
  /** @type {ConnectionStatus} */
  connection = { name: 'idle' };
  /** Who the user is; `id` is empty until the server has said. */
  me = { id: '', name: '' };
  /** @type {Map<string, number>} every room of the server and how many are in it */
  directory = new Map();
  /** @type {Map<string, Room>} the rooms that the user is in */
  joined = new Map();
  /** The name of the room that is shown. */
  active = '';
  /** @type {number | undefined} */
  usersOnline;
  /** The highest id that was received: where a resume goes on. */
  lastId = 0;
  /** What went wrong, in words, by the place where it is shown. */
  errors = { composer: '', room: '', join: '' };

  /** @returns {Room | undefined} */
  get activeRoom() {
    return this.joined.get(this.active);
  }

  get unread() {
    return [...this.joined.values()].reduce((sum, room) => sum + room.unread, 0);
  }

  /**
   * The room of that name, from now on one that the user is in.
   * @param {string} name
   */
  enter(name) {
    const room = this.joined.get(name) ?? new Room(name);
    this.joined.set(name, room);
    return room;
  }

  /**
   * @param {string} name
   * @param {number} count
   */
  setCount(name, count) {
    this.directory.set(name, count);
    const room = this.joined.get(name);
    if (room) room.count = count;
  }

  /** @param {number} id */
  sawId(id) {
    if (id > this.lastId) this.lastId = id;
  }
}
