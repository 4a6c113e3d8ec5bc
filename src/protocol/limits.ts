/** The contract's fixed numbers. What an operator may change is in `src/config.ts`. */

/** Code points. */
export const NAME_MIN = 2;
export const USER_NAME_MAX = 20;
export const ROOM_NAME_MAX = 30;
export const TEXT_MAX = 2_000;
export const REF_MAX = 64;

/** Bytes of one incoming frame; a larger one closes the connection with 1009. */
export const FRAME_MAX_BYTES = 64 * 1024;

/** Entries and rows in one answer. */
export const HISTORY_KEPT = 100;
export const HISTORY_ON_JOIN = 50;
export const ROOMS_PAGE_MAX = 1_000;
export const USERS_PAGE_MAX = 1_000;
export const PRIVATE_MESSAGES_KEPT = 100;
export const EVENTS_KEPT = 50;

/** Members up to which a room sends whole user lists; above it sends `presence` changes. */
export const WHOLE_LIST_MAX = 100;

/** Bytes of the `resumed` frame. */
export const RESUME_MAX_BYTES = 512 * 1024;

/** Milliseconds. */
export const PRESENCE_GATHER_MS = 250;
export const PRESENCE_GATHER_MS_PER_MEMBER = 0.2;
export const EVENTS_GATHER_MS = 250;
export const ROOM_UPDATED_EVERY_MS = 1_000;
export const STATS_EVERY_MS = 10_000;
export const SSE_COMMENT_EVERY_MS = 15_000;
export const PING_EVERY_MS = 25_000;
export const SILENCE_MAX_MS = 60_000;
export const REF_REMEMBERED_MS = 5 * 60_000;

/** The rooms that always exist; everybody is put into the first, which cannot be left. */
export const STANDING_ROOMS = ['general', 'random', 'help'] as const;
export const LOBBY = STANDING_ROOMS[0];

/** The author of entries that are the server's own words; nobody else can bear it. */
export const SYSTEM_NAME = 'system';
