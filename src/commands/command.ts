import type { ClientFrameOf } from '../protocol/client-frames.ts';
import type { Result } from '../protocol/errors.ts';

/** What a slash command stands for: a frame that the client might have sent itself, or one of two of its own. */
export type Intent =
  | ClientFrameOf<'join' | 'leave' | 'pm' | 'set_nick' | 'get_rooms' | 'get_users'>
  | { type: 'action'; room: string; text: string }
  | { type: 'help'; room: string };

export interface Command {
  /** Without the slash, in lower case. */
  name: string;
  /** As `/help` and the error on wrong arguments show it. */
  usage: string;
  summary: string;
  /** What follows it is for one person's eyes: no inspector shows it. */
  isPrivate?: boolean;
  /**
   * @param args what follows the name, trimmed
   * @param room where the command was typed
   * @returns the intent; undefined when the arguments don't fit the usage
   */
  interpret(args: string, room: string): Result<Intent> | undefined;
}

/** The first word of a text, and what follows it without the space between. */
export function parted(text: string): { word: string; rest: string } {
  const word = text.replace(/\s.*/su, '');
  return { word, rest: text.slice(word.length).trimStart() };
}
