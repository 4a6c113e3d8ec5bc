import { z } from 'zod';
import { entry, roomSummary, stats, user } from './entities.ts';
import { HISTORY_KEPT, ROOMS_PAGE_MAX, USERS_PAGE_MAX } from './limits.ts';

/** What the REST endpoints take in their query and give back. */

const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,16}$/, 'must be a whole number')
  .transform(Number);
const limit = (max: number) => wholeNumber.pipe(z.int().min(1).max(max)).default(max);

export const roomsQuery = z.object({ after: z.string().optional(), limit: limit(ROOMS_PAGE_MAX) });
export const usersQuery = z.object({ after: z.string().optional(), limit: limit(USERS_PAGE_MAX) });
export const historyQuery = z.object({
  before: wholeNumber.pipe(z.int().positive()).optional(),
  limit: limit(HISTORY_KEPT),
});

export const restAnswers = {
  rooms: z.array(roomSummary),
  history: z.array(entry),
  users: z.array(user),
  stats,
  health: z.strictObject({ status: z.enum(['ok', 'starting', 'draining']) }),
  error: z.strictObject({ error: z.string() }),
} as const;
