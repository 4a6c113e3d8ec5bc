import type { ClientFrameType } from '../client-frames.ts';
import type { CloseReason } from '../close-codes.ts';
import type { ErrorCode } from '../errors.ts';
import type { ServerEventType } from '../server-events.ts';
import type { ServerFrameType } from '../server-frames.ts';

/** What each part of the contract is for, in a sentence: the published documents and tables say it so. */

export const clientFrameSummaries: Record<ClientFrameType, string> = {
  message: 'Posts to a room the user is in. A text that begins with `/` is a command, `//` posts one `/`.',
  join: 'Enters a room, which is created if need be.',
  leave: 'Leaves a room; `general` cannot be left.',
  typing: 'Says whether the user is typing; the other members are told.',
  pm: 'Sends a private message to a user, by name.',
  set_nick: 'Changes the own name.',
  get_rooms: 'Asks for the list of rooms, a page at a time.',
  get_users: 'Asks for the members of any room, a page at a time.',
  get_history: 'Asks for past entries of any room, the newest or those before an id.',
  ping: 'Asks for a `pong` with the same `ts`.',
  pong: 'Answers a `ping`. Receiving anything shows the server that the client is there.',
  quit: 'Logs out: the session ends at once, on all its connections.',
};

export const serverFrameSummaries: Record<ServerFrameType, string> = {
  connected: 'First frame of a new session, with the secret to come back with and the names of all rooms.',
  resumed: 'First frame of a session that came back: its own rooms, and by room what was missed.',
  joined: 'The user is in a room now: its last entries and its members.',
  left: 'The user has left a room.',
  message: 'Someone, perhaps the user, posted to a room.',
  action: 'Someone did `/me` in a room; `text` is the whole line, with their name.',
  system: 'A line from the server to this user alone.',
  user_joined: 'Someone else came into a room.',
  user_left: 'Someone else left a room, or their session ended.',
  nick_changed: 'A name changed: one’s own (without `room`), or that of another member of `room`.',
  presence: 'In a room of more than 100 members, the net change of its members over the last moments.',
  typing: 'Another member began or stopped typing.',
  pm: 'A private message to the user.',
  pm_sent: 'A private message of the user was stored.',
  room_list: 'Answers `get_rooms`.',
  user_list: 'Answers `get_users`.',
  history: 'Answers `get_history`, oldest entry first.',
  ack: 'What was sent with this `ref` is stored under this `id`.',
  error: 'A request was refused, in words and as a code. The connection stays and nothing else happens.',
  ping: 'Asks whether the client is there.',
  pong: 'Answers `ping` with the same `ts`.',
};

export const serverEventSummaries: Record<ServerEventType, string> = {
  user_connected: 'A session began; `count` users are online now.',
  user_disconnected: 'A session ended; `count` users are online now.',
  room_created: 'A room was created.',
  room_deleted: 'A room was deleted, as its last member is gone.',
  room_updated: 'A room has another number of members: at most once a second a room, never losing the last.',
  stats: 'The server in numbers: at once on subscribing, then every 10 s.',
};

export const errorSummaries: Record<ErrorCode, string> = {
  bad_json: 'The frame is not JSON.',
  bad_frame: 'Not an object, a field is missing or has the wrong type or range, or the frame is binary.',
  unknown_type: 'There is no such `type`.',
  bad_name: 'A room name that is too short, or has no letter or digit.',
  name_taken: 'Another user, online or away, has the name, or it is reserved.',
  not_in_room: 'Only members can do that.',
  already_in_room: 'The user is in the room already.',
  cannot_leave: 'Nobody leaves `general`.',
  room_not_found: 'There is no such room.',
  user_not_found: 'There is no such user, online or away.',
  too_long: 'The text is too long; it is never cut.',
  empty: 'Nothing is left of the text once it is trimmed.',
  bad_text: 'The text has control characters other than tab and newline, or half a character.',
  unknown_command: 'There is no such slash command.',
  bad_usage: 'A slash command with wrong arguments; the words show the usage.',
  rate_limited: 'Too many frames; `retry_after` says in how many seconds the next is taken.',
  too_many_rooms: 'The user is in as many rooms as one may be.',
  room_limit: 'The server has as many rooms as it may have.',
  pm_undelivered: 'The receiver of an earlier private message never came back for it.',
  storage_failed:
    'It could not be stored, or what is asked for not be read; sending it again is safe with a `ref`.',
  internal: 'A fault of the server.',
};

export const closeSummaries: Record<CloseReason, string> = {
  bye: 'The user sent `quit` on this connection.',
  goingAway: 'The server stops or restarts.',
  flood: 'The client went on sending in spite of `rate_limited`.',
  tooBig: 'A frame of more than 64 KiB.',
  broken: 'A fault of the server.',
  overloaded:
    'The server, or the client’s address, has as many connections as it may have, or a new session can’t be stored.',
  slowReader: 'The client reads more slowly than its rooms write.',
  silent: 'Nothing was received, frame or protocol pong, for 60 s.',
  endedElsewhere: 'The session was ended by `quit` on another of its connections.',
};
