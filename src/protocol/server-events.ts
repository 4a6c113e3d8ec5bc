import { z } from 'zod';
import { count, roomName, stats, userName } from './entities.ts';

/** The events of `GET /events`, by name, and their data. */
export const serverEvents = {
  user_connected: z.strictObject({ user: userName, count }),
  user_disconnected: z.strictObject({ user: userName, count }),
  room_created: z.strictObject({ room: roomName, created_by: userName }),
  room_deleted: z.strictObject({ room: roomName }),
  room_updated: z.strictObject({ room: roomName, users: count }),
  stats,
} as const;

export type ServerEventType = keyof typeof serverEvents;
export type ServerEvent = {
  [T in ServerEventType]: { type: T; data: z.infer<(typeof serverEvents)[T]> };
}[ServerEventType];

/** These carry an id and are kept for subscribers who come back; the others are true only at the moment. */
export type KeptEvent = Exclude<ServerEvent, { type: 'stats' | 'room_updated' }>;

/** An event as text of `text/event-stream`. */
export function formatEvent(event: ServerEvent, id?: number): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `${idLine}event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`;
}
