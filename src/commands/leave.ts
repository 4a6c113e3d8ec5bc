import { accepted } from '../protocol/errors.ts';
import { parseRoomName } from '../protocol/names.ts';
import type { Command } from './command.ts';

export const leave: Command = {
  name: 'leave',
  usage: '/leave [room]',
  summary: 'leaves this room, or the one you name',
  interpret(args, here) {
    if (args === '') return accepted({ type: 'leave', room: here });
    const room = parseRoomName(args);
    return room.ok ? accepted({ type: 'leave', room: room.value }) : room;
  },
};
