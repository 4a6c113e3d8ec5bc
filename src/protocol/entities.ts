import { z } from 'zod';

/** The things that frames, endpoints and events speak of. */

export const id = z.int().positive().describe('Rises over the whole server and over its restarts');
export const seconds = z.number().nonnegative().describe('Seconds since the epoch, with a fraction');
/** Any client's own measure, given back as it came; never a structure, which could be costly to give back. */
export const heartbeatTime = z.union([z.number(), z.string(), z.null()]);
export const count = z.int().nonnegative();
export const userName = z.string().min(2).max(40);
export const roomName = z.string().min(2).max(60);
export const ref = z.string().min(1).max(64);

export const entry = z
  .strictObject({
    id,
    type: z.enum(['message', 'action', 'system']),
    from: userName,
    text: z.string(),
    ts: seconds,
  })
  .meta({ id: 'Entry', description: 'One line of a room, as it is kept' });
export type Entry = z.infer<typeof entry>;

export const user = z
  .strictObject({
    id: z.string().min(1),
    name: userName,
    typing: z.boolean(),
    status: z.enum(['online', 'away']),
  })
  .meta({ id: 'User', description: 'A member of a room, as others see them' });
export type User = z.infer<typeof user>;

export const roomSummary = z
  .strictObject({ name: roomName, users: count, created_at: seconds })
  .meta({ id: 'RoomSummary', description: 'A room in the list of all rooms' });
export type RoomSummary = z.infer<typeof roomSummary>;

export const stats = z
  .strictObject({
    uptime: count.describe('Whole seconds since the server started'),
    users_online: count.describe('Without those who are away'),
    users_away: count,
    connections: count,
    rooms_count: count,
    messages_total: count.describe('Messages and actions posted to rooms'),
    private_messages_total: count,
    sse_subscribers: count,
    memory_bytes: count.describe('Resident memory of the server process'),
    data_bytes: count.describe('What is kept on the disk; 0 when nothing is'),
  })
  .meta({ id: 'Stats', description: 'The server in numbers' });
export type Stats = z.infer<typeof stats>;
