import { type Result, refused } from '../protocol/errors.ts';
import { type Command, type Intent, parted } from './command.ts';
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
  const { name, args, command } = parse(text);
  if (!command) return refused('unknown_command', `/${name}`);
  return command.interpret(args, room) ?? refused('bad_usage', command.usage);
}

/** Whether a command may be shown to whoever inspects the server: one that is mistyped may have been a private one. */
export function isPublic(text: string): boolean {
  const { command } = parse(text);
  return command !== undefined && !command.isPrivate;
}

function parse(text: string): { name: string; args: string; command: Command | undefined } {
  const { word: name, rest: args } = parted(text.slice(1));
  return { name, args, command: byName.get(name.toLowerCase()) };
}

export function helpText(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const lines = commands.map(({ usage, summary }) => `${usage.padEnd(width)}  ${summary}`);
  return [...lines, `${'//text'.padEnd(width)}  posts a text that begins with a slash`].join('\n');
}
