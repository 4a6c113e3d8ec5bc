// @ts-check

/**
 * The server's slash commands, as `src/commands/registry.ts` has them (a test compares), for the list that opens
 * while one is written.
 * @type {readonly { usage: string, summary: string }[]}
 */
export const commands = [
  { usage: '/help', summary: 'lists the commands' },
  { usage: '/rooms', summary: 'lists all rooms' },
  { usage: '/users', summary: 'lists who is in this room' },
  { usage: '/join <room>', summary: 'joins a room, creating it if need be' },
  { usage: '/leave [room]', summary: 'leaves this room, or the one you name' },
  { usage: '/pm <user> <message>', summary: 'sends a private message' },
  { usage: '/nick <name>', summary: 'changes your name' },
  { usage: '/me <action>', summary: 'says what you do: /me waves' },
];
