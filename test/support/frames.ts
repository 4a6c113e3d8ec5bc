import { isDeepStrictEqual } from 'node:util';
import {
  type ServerFrame,
  type ServerFrameOf,
  type ServerFrameType,
  serverFrame,
} from '../../src/protocol/server-frames.ts';
import type { Condition } from './inbox.ts';

/** Narrows the frames of a type: fields that must be equal, or a predicate. */
export type Where<T extends ServerFrameType> =
  | Partial<ServerFrameOf<T>>
  | ((frame: ServerFrameOf<T>) => boolean);

/** A broadcast comes to every member as the same text, of which checking one is enough. */
const checked = new Set<string>();

/** What is wrong with a frame by the schemas of the contract, if anything. */
export function breachIn(frame: ServerFrame, data: string): string | undefined {
  if (checked.has(data)) return undefined;
  const parsed = serverFrame.safeParse(frame);
  if (!parsed.success) return `${parsed.error.message} in ${data.slice(0, 500)}`;
  if (checked.size >= 1_000) checked.clear();
  checked.add(data);
  return undefined;
}

export function show(frame: unknown): string {
  const json = JSON.stringify(frame);
  return json.length > 300 ? `${json.slice(0, 300)}…` : json;
}

export function matching<T extends ServerFrameType>(type: T, where: Where<T>): Condition<ServerFrame> {
  const fits =
    typeof where === 'function'
      ? where
      : (frame: ServerFrameOf<T>) =>
          Object.entries(where).every(([key, value]) =>
            isDeepStrictEqual(frame[key as keyof typeof frame], value),
          );
  return {
    test: (frame) => frame.type === type && fits(frame as ServerFrameOf<T>),
    words: typeof where === 'function' ? `${type} of a kind` : `${type} ${show(where)}`,
  };
}

/** The ids of the entries and private messages that a frame brings. */
export function idsOf(frame: ServerFrame): number[] {
  if (frame.type === 'resumed')
    return Object.values(frame.missedMessages).flatMap((all) => all.map(({ id }) => id));
  if (frame.type === 'joined') return frame.history.map(({ id }) => id);
  // An ack moves no cursor.
  return 'id' in frame && frame.type !== 'ack' ? [frame.id] : [];
}
