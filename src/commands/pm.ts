import { accepted } from '../protocol/errors.ts';
import { type Command, parted } from './command.ts';

export const pm: Command = {
  name: 'pm',
  usage: '/pm <user> <message>',
  summary: 'sends a private message',
  isPrivate: true,
  interpret(args) {
    const { word: to, rest: text } = parted(args);
    return text === '' ? undefined : accepted({ type: 'pm', to, text });
  },
};
