// @ts-check
import { Conversations } from './conversations/conversations.js';
import { Room } from './conversations/room.js';

/** @import { Stats } from '../src/protocol/entities.ts' */
/** @import { ConnectionStatus } from './connection/connection.js' */
/** @import { Post } from './outbox/post.js' */

/** Everything that the page shows. The views read it; `Chat`, its acts and the frames change it. */
export class State {
  /** @type {'out' | 'joining' | 'in'} */
  phase = 'out';
  /** @type {ConnectionStatus} */
  connection = { name: 'idle' };
  /** Who the user is; `id` is empty until the server has said. */
  me = { id: '', name: '' };
  conversations = new Conversations();
  /** The key of the conversation that is shown. */
  activeKey = '';
  /** @type {readonly Post[]} what was written and is not stored yet, of all conversations, in the order written */
  posts = [];
  /** @type {Map<string, number>} every room of the server and how many are in it */
  directory = new Map();
  /** @type {Stats | undefined} of the server, as of its last word */
  stats;
  /** @type {number | undefined} */
  usersOnline;
  /** The id up to which nothing is missing: where a resume goes on. */
  lastId = 0;
  #newestId = 0;
  #isCatchingUp = false;
  /** What went wrong, in words, by the place where it is shown. */
  errors = { composer: '', room: '', join: '' };

  get active() {
    return this.conversations.get(this.activeKey);
  }

  /** @returns {Room | undefined} the shown conversation if it is a room */
  get activeRoom() {
    const { active } = this;
    return active instanceof Room ? active : undefined;
  }

  get unread() {
    return this.conversations.all.reduce((sum, { unread }) => sum + unread, 0);
  }

  /** What is on its way to a conversation, to be shown below its lines. @param {string} key */
  postsTo(key) {
    return this.posts.filter((post) => post.key === key && !post.isEchoed);
  }

  /**
   * @param {string} name
   * @param {number} count
   */
  setCount(name, count) {
    this.directory.set(name, count);
    const room = this.conversations.room(name);
    if (room) room.count = count;
  }

  /** @param {number} id */
  sawId(id) {
    if (id > this.#newestId) this.#newestId = id;
    if (!this.#isCatchingUp) this.lastId = this.#newestId;
  }

  /** Private messages with lower ids than what was seen are still to come: until then the line must not break. */
  catchUp() {
    this.#isCatchingUp = true;
  }

  caughtUp() {
    this.#isCatchingUp = false;
    this.sawId(0);
  }
}
