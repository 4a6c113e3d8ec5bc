import { z } from 'zod';
import { count, entry, heartbeatTime, id, ref, roomName, seconds, user, userName } from './entities.ts';
import { errorCodes } from './errors.ts';

/** Every frame that the server sends. `ref` is there only when the frame directly answers one that had it. */

const answer = { ref: ref.optional() };

const membership = { room: roomName, user: userName, users: z.array(user), count };
const spoken = { room: roomName, id, from: userName, text: z.string(), ts: seconds };
const privately = { text: z.string(), ts: seconds, id };

export const serverFrames = {
  connected: frame('connected', {
    user_id: z.string(),
    session_id: z.string().describe('The secret with which to come back'),
    name: userName,
    rooms: z.array(roomName),
  }),
  resumed: frame('resumed', {
    user_id: z.string(),
    session_id: z.string(),
    name: userName,
    rooms: z.array(roomName),
    missedMessages: z.record(z.string(), z.array(entry)),
    recovered: z.boolean(),
  }),
  joined: frame('joined', {
    room: roomName,
    history: z.array(entry),
    users: z.array(user),
    count,
    ...answer,
  }),
  left: frame('left', { room: roomName, ...answer }),
  message: frame('message', spoken),
  action: frame('action', spoken),
  system: frame('system', { room: roomName, text: z.string(), ...answer }),
  user_joined: frame('user_joined', membership),
  user_left: frame('user_left', membership),
  nick_changed: frame('nick_changed', {
    old_name: userName,
    new_name: userName,
    room: roomName.optional(),
    users: z.array(user).optional(),
    count: count.optional(),
    ...answer,
  }),
  presence: frame('presence', {
    room: roomName,
    joined: z.array(user),
    left: z.array(z.strictObject({ id: z.string(), name: userName })),
    renamed: z.array(z.strictObject({ id: z.string(), old_name: userName, new_name: userName })),
    count,
  }),
  typing: frame('typing', { room: roomName, user: userName, typing: z.boolean() }),
  pm: frame('pm', { from: userName, ...privately }),
  pm_sent: frame('pm_sent', { to: userName, ...privately }),
  room_list: frame('room_list', {
    rooms: z.array(z.strictObject({ name: roomName, users: count })),
    ...answer,
  }),
  user_list: frame('user_list', { room: roomName, users: z.array(user), count, ...answer }),
  history: frame('history', { room: roomName, messages: z.array(entry), ...answer }),
  ack: frame('ack', { ref, id, room: roomName.optional(), ts: seconds }),
  error: frame('error', {
    message: z.string(),
    code: z.enum(errorCodes),
    ref: ref.optional(),
    retry_after: z.number().positive().optional().describe('Seconds'),
  }),
  ping: frame('ping', { ts: seconds }),
  pong: frame('pong', { ts: heartbeatTime, ...answer }),
} as const;

export const serverFrame = z.discriminatedUnion('type', [
  serverFrames.connected,
  ...(Object.values(serverFrames).slice(1) as (typeof serverFrames)[ServerFrameType][]),
]);

export type ServerFrameType = keyof typeof serverFrames;
export type ServerFrame = { [T in ServerFrameType]: z.infer<(typeof serverFrames)[T]> }[ServerFrameType];
export type ServerFrameOf<T extends ServerFrameType> = z.infer<(typeof serverFrames)[T]>;

/** The answers that repeat the `ref` of the frame they answer. */
export type AnswerFrame = Extract<ServerFrame, { ref?: string | undefined }>;

function frame<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), ...shape });
}
