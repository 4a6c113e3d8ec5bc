import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const me: Command = {
  name: 'me',
  usage: '/me <action>',
  summary: 'says what you do: /me waves',
  interpret: (args, room) => (args === '' ? undefined : accepted({ type: 'action', room, text: args })),
};
