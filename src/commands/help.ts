import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const help: Command = {
  name: 'help',
  usage: '/help',
  summary: 'lists the commands',
  interpret: (args, room) => (args === '' ? accepted({ type: 'help', room }) : undefined),
};
