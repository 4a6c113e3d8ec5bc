// @ts-check
/** @import { ServerEvent, ServerEventType } from '../src/protocol/server-events.ts' */
/** @import { RoomSummary } from '../src/protocol/entities.ts' */
/** @import { State } from './state.js' */

const ROOMS_PAGE = 1_000;
/** Milliseconds until a stream that was refused is asked for again; a broken one the browser itself retries. */
const REFUSED_DELAY = 5_000;

/**
 * What each event of the server changes; `tsc` names the one that was forgotten.
 * @type {{ [T in ServerEventType]: (state: State, data: Extract<ServerEvent, { type: T }>['data']) => void }}
 */
const effects = {
  user_connected: (state, { count }) => {
    state.usersOnline = count;
  },
  user_disconnected: (state, { count }) => {
    state.usersOnline = count;
  },
  room_created: (state, { room }) => {
    // Whoever creates a room is in it; the true count follows.
    if (!state.directory.has(room)) state.directory.set(room, 1);
  },
  room_deleted: (state, { room }) => {
    state.directory.delete(room);
  },
  room_updated: (state, { room, users }) => {
    state.setCount(room, users);
  },
  stats: (state, { users_online }) => {
    state.usersOnline = users_online;
  },
};

/** Keeps the directory of rooms: asked for once, then followed over server-sent events. */
export class Feed {
  #state;
  #changed;
  /** @type {EventSource | undefined} */
  #source;
  /** @type {number | undefined} */
  #timer;
  /**
   * What happened while the directory was on its way: the answer may be older than that.
   * @type {(() => void)[] | undefined}
   */
  #sinceAsked;

  /**
   * @param {State} state
   * @param {() => void} changed called after each change of the state
   */
  constructor(state, changed) {
    this.#state = state;
    this.#changed = changed;
  }

  open() {
    if (this.#source) return;
    const source = new EventSource(new URL('events', document.baseURI));
    this.#source = source;
    source.onopen = () => this.#loadDirectory();
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || this.#source !== source) return;
      this.close();
      this.#timer = setTimeout(() => this.open(), REFUSED_DELAY);
    };
    for (const [type, effect] of Object.entries(effects)) {
      source.addEventListener(type, ({ data }) => {
        const apply = /** @type {(state: State, data: unknown) => void} */ (effect);
        const happen = () => apply(this.#state, JSON.parse(data));
        this.#sinceAsked?.push(happen);
        happen();
        this.#changed();
      });
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = undefined;
  }

  async #loadDirectory() {
    /** @type {Map<string, number>} */
    const directory = new Map();
    /** @type {(() => void)[]} */
    const sinceAsked = [];
    this.#sinceAsked = sinceAsked;
    try {
      for (let after = ''; ; ) {
        const url = new URL('api/rooms', document.baseURI);
        if (after) url.searchParams.set('after', after);
        const answer = await fetch(url);
        if (!answer.ok) return;
        /** @type {RoomSummary[]} */
        const page = await answer.json();
        for (const { name, users } of page) directory.set(name, users);
        if (page.length < ROOMS_PAGE) break;
        after = page.at(-1)?.name ?? '';
      }
    } catch {
      return; // The server went away meanwhile; the stream opens again and asks anew.
    }
    this.#state.directory = directory;
    this.#sinceAsked = undefined;
    for (const happen of sinceAsked) happen();
    this.#changed();
  }
}
