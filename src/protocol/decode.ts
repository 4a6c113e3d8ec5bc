import type { z } from 'zod';
import { type ClientFrame, type ClientFrameOf, clientFrameSchemas } from './client-frames.ts';
import { type Mistake, mistake } from './errors.ts';
import { REF_MAX } from './limits.ts';
import { isLonger, parseRoomName } from './names.ts';
import { parseText } from './text.ts';

export type Decoded =
  | { ok: true; frame: ClientFrame; ref: string | undefined }
  | { ok: false; mistake: Mistake; ref: string | undefined; type: string | undefined };

/**
 * Makes the decoder of incoming frames.
 * @param textMax code points a text may have
 * @returns a function from the text of a frame to the frame or the mistake in it; it never throws
 */
export function createDecoder(textMax: number): (json: string) => Decoded {
  const schemas = new Map<string, z.ZodType<ClientFrame>>(Object.entries(clientFrameSchemas(textMax)));

  return (json) => {
    const value = parseObject(json);
    if (value === NOT_JSON) return wrong(mistake('bad_json'));
    if (value === undefined) return wrong(mistake('bad_frame', 'not a JSON object'));

    const { type, ref } = value;
    if (!isRef(ref)) {
      return wrong(
        mistake('bad_frame', `"ref" must be a string of 1 to ${REF_MAX} characters`),
        undefined,
        type,
      );
    }
    if (typeof type !== 'string') return wrong(mistake('bad_frame', '"type" must be a string'), ref);
    const schema = schemas.get(type);
    if (!schema) return wrong(mistake('unknown_type', type), ref, type);

    if (type === 'message') {
      const frame = plainMessage(value, ref, textMax);
      if (frame) return { ok: true, frame, ref };
    }
    const parsed = schema.safeParse(value);
    if (!parsed.success) return wrong(firstMistake(type, parsed.error), ref, type);
    return { ok: true, frame: parsed.data, ref };
  };
}

/**
 * What comes most, without the schema, which takes as long as all the rest of a message's way to its session. The
 * schema stays the judge of everything else, and says what is wrong.
 */
function plainMessage(
  { room, text }: Record<string, unknown>,
  ref: string | undefined,
  textMax: number,
): ClientFrameOf<'message'> | undefined {
  if (typeof room !== 'string' || typeof text !== 'string') return undefined;
  const name = parseRoomName(room);
  const line = parseText(text, textMax);
  if (!name.ok || !line.ok) return undefined;
  return ref === undefined
    ? { type: 'message', room: name.value, text: line.value }
    : { type: 'message', room: name.value, text: line.value, ref };
}

/** Heartbeats are the connection's own business, and free of the rate limit. */
export function isHeartbeat(frame: ClientFrame): frame is ClientFrameOf<'ping' | 'pong'> {
  return frame.type === 'ping' || frame.type === 'pong';
}

const NOT_JSON = Symbol('not JSON');

function parseObject(json: string): Record<string, unknown> | undefined | typeof NOT_JSON {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return NOT_JSON;
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : undefined;
}

function isRef(ref: unknown): ref is string | undefined {
  if (ref === undefined) return true;
  return typeof ref === 'string' && ref !== '' && ref.isWellFormed() && !isLonger(ref, REF_MAX);
}

function firstMistake(type: string, error: z.ZodError): Mistake {
  const issue = error.issues.find((each) => !isCatalogued(each)) ?? error.issues[0];
  if (issue && isCatalogued(issue)) return issue.params.mistake;
  return mistake('bad_frame', `"${issue?.path.join('.')}" of ${type}: ${issue?.message}`);
}

/** No schema has checks of its own but those of `checked` in `client-frames.ts`. */
function isCatalogued(issue: { code?: string }): issue is { code: 'custom'; params: { mistake: Mistake } } {
  return issue.code === 'custom';
}

function wrong(what: Mistake, ref?: string, type?: unknown): Decoded {
  return { ok: false, mistake: what, ref, type: typeof type === 'string' ? type : undefined };
}
