import { type Result, refused } from '../protocol/errors.ts';
import type { Command, Intent } from './command.ts';
import { help } from './help.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { me } from './me.ts';
import { nick } from './nick.ts';
import { pm } from './pm.ts';
import { rooms } from './rooms.ts';
import { users } from './users.ts';

/** Every slash command, in the order in which `/help` shows them. */
export const commands: readonly Command[] = [help, rooms, users, join, leave, pm, nick, me];

const byName = new Map(commands.map((command) => [command.name, command]));

/** Whether a text is a command rather than something to post; `//` is how to post one literal slash. */
export function isCommand(text: string): boolean {
  return text.startsWith('/') && !text.startsWith('//');
}

/** The text to post for one that is not a command. */
export function literal(text: string): string {
  return text.startsWith('//') ? text.slice(1) : text;
}

/**
 * Finds out what a command stands for.
 * @param text the whole text, beginning with the slash
 * @param room where it was typed
 * @returns the intent, or `unknown_command`, `bad_usage`, `bad_name`
 */
export function interpret(text: string, room: string): Result<Intent> {
  const [, name = '', args = ''] = /^\/(\S*)\s*(.*)$/su.exec(text) ?? [];
  const command = byName.get(name.toLowerCase());
  if (!command) return refused('unknown_command', `/${name}`);
  return command.interpret(args, room) ?? refused('bad_usage', command.usage);
}

export function helpText(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, summary }) => `${usage.padEnd(width)}  ${summary}`);
  return [...lines, `${'//text'.padEnd(width)}  posts a text that begins with a slash`].join('\n');
}
