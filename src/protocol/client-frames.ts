import { z } from 'zod';
import { heartbeatTime } from './entities.ts';
import type { Result } from './errors.ts';
import { HISTORY_KEPT, ROOMS_PAGE_MAX, TEXT_MAX, USERS_PAGE_MAX } from './limits.ts';
import { parseRoomName } from './names.ts';
import { parseText } from './text.ts';

/**
 * Every frame that a client may send. A schema checks the fields and brings names and texts into their
 * written form, so that whoever reads a frame after this point reads only valid ones.
 * @param textMax code points a text may have
 */
export function clientFrameSchemas(textMax = TEXT_MAX) {
  const room = z.string().transform(checked(parseRoomName)).describe('A room name, in any writing');
  const text = z
    .string()
    .transform(checked((raw) => parseText(raw, textMax)))
    .describe(`1 to ${textMax} characters once trimmed`);
  const limit = (max: number) => z.int().min(1).max(max).optional();
  return {
    message: frame('message', { room, text }),
    join: frame('join', { room }),
    leave: frame('leave', { room }),
    typing: frame('typing', { room, typing: z.boolean() }),
    pm: frame('pm', { to: z.string(), text }),
    set_nick: frame('set_nick', { name: z.string() }),
    get_rooms: frame('get_rooms', { after: z.string().optional(), limit: limit(ROOMS_PAGE_MAX) }),
    get_users: frame('get_users', { room, after: z.string().optional(), limit: limit(USERS_PAGE_MAX) }),
    get_history: frame('get_history', {
      room,
      before: z.int().positive().optional(),
      limit: limit(HISTORY_KEPT),
    }),
    ping: frame('ping', { ts: heartbeatTime.optional() }),
    pong: frame('pong', { ts: heartbeatTime.optional() }),
    quit: frame('quit', {}),
  } as const;
}

export type ClientFrameSchemas = ReturnType<typeof clientFrameSchemas>;
export type ClientFrameType = keyof ClientFrameSchemas;
export type ClientFrameOf<T extends ClientFrameType> = z.output<ClientFrameSchemas[T]>;
export type ClientFrame = { [T in ClientFrameType]: ClientFrameOf<T> }[ClientFrameType];

function frame<T extends string, S extends z.ZodRawShape>(type: T, shape: S) {
  return z.object({ type: z.literal(type), ...shape, ref: z.string().optional() });
}

/** Lifts a parser with catalogued mistakes into a zod transform; `decode` takes the mistake out again. */
function checked(parse: (raw: string) => Result<string>) {
  return (raw: string, context: z.RefinementCtx): string => {
    const result = parse(raw);
    if (result.ok) return result.value;
    context.addIssue({
      code: 'custom',
      message: result.mistake.message,
      params: { mistake: result.mistake },
    });
    return z.NEVER;
  };
}
