/** The numbers of the contract that the random walk counts on, as the contract has them. */

export const LOBBY = 'general';
export const STANDING_ROOMS = ['general', 'help', 'random'] as const;
/** Entries that a room keeps, and private messages that a session does. */
export const HISTORY_KEPT = 100;
export const PRIVATES_KEPT = 100;
export const TEXT_MAX = 2_000;
/** Milliseconds. */
export const GRACE = 30_000;
export const TYPING_EXPIRY = 30_000;
