import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const pm: Command = {
  name: 'pm',
  usage: '/pm <user> <message>',
  summary: 'sends a private message',
  isPrivate: true,
  interpret(args) {
    const [, to, text] = /^(\S+)\s+(.+)$/su.exec(args) ?? [];
    return to && text ? accepted({ type: 'pm', to, text }) : undefined;
  },
};
