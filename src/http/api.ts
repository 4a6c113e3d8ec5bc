import type { ServerResponse } from 'node:http';
import type { Request } from 'polka';
import type { z } from 'zod';
import { parseRoomName } from '../protocol/names.ts';
import { historyQuery, roomsQuery, usersQuery } from '../protocol/rest.ts';
import { answerJson, HttpError } from './answer.ts';
import type { Views } from './views.ts';

export type Endpoint = (req: Request, res: ServerResponse) => void | Promise<void>;

/** The endpoints under `/api`, by their patterns. */
export function apiRoutes(views: Views): Record<string, Endpoint> {
  return {
    '/api/rooms': (req, res) => {
      const { after, limit } = queryOf(req, roomsQuery);
      answerJson(res, 200, views.rooms(after, limit));
    },
    '/api/room/:name/users': (req, res) => {
      const { after, limit } = queryOf(req, usersQuery);
      answerJson(res, 200, found(views.users(roomOf(req), after, limit)));
    },
    '/api/room/:name/history': async (req, res) => {
      const { before, limit } = queryOf(req, historyQuery);
      answerJson(res, 200, found(await views.history(roomOf(req), before, limit)));
    },
    '/api/stats': (_req, res) => answerJson(res, 200, views.stats()),
  };
}

/** @throws HttpError 400 naming the field; a field given twice is an array, which no schema takes */
function queryOf<S extends z.ZodType>(req: Request, schema: S): z.output<S> {
  const parsed = schema.safeParse(req.query);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new HttpError(400, `Bad "${issue?.path.join('.')}": ${issue?.message}`);
}

function roomOf(req: Request): string {
  const name = parseRoomName(decoded(req.params.name ?? ''));
  if (!name.ok) throw new HttpError(400, name.mistake.message);
  return name.value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new HttpError(400, 'Bad percent-encoding in the room name');
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new HttpError(404, 'Room not found');
  return value;
}
