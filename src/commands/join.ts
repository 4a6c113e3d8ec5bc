import { accepted } from '../protocol/errors.ts';
import { parseRoomName } from '../protocol/names.ts';
import type { Command } from './command.ts';

export const join: Command = {
  name: 'join',
  usage: '/join <room>',
  summary: 'joins a room, creating it if need be',
  interpret(args) {
    if (args === '') return undefined;
    const room = parseRoomName(args);
    return room.ok ? accepted({ type: 'join', room: room.value }) : room;
  },
};
