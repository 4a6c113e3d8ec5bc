import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const nick: Command = {
  name: 'nick',
  usage: '/nick <name>',
  summary: 'changes your name',
  interpret: (args) => (args === '' ? undefined : accepted({ type: 'set_nick', name: args })),
};
