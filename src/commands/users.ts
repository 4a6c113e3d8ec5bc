import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const users: Command = {
  name: 'users',
  usage: '/users',
  summary: 'lists who is in this room',
  interpret: (args, room) => (args === '' ? accepted({ type: 'get_users', room }) : undefined),
};
