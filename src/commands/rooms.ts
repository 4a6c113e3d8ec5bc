import { accepted } from '../protocol/errors.ts';
import type { Command } from './command.ts';

export const rooms: Command = {
  name: 'rooms',
  usage: '/rooms',
  summary: 'lists all rooms',
  interpret: (args) => (args === '' ? accepted({ type: 'get_rooms' }) : undefined),
};
