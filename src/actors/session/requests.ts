import type { Intent } from '../../commands/command.ts';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { Asker } from '../connection.ts';
import type { SessionRequest } from './events.ts';

/** The frames that are the connection's own business and never reach a session. */
type Heartbeat = Extract<ClientFrame, { type: 'ping' | 'pong' }>;

/** Makes the event that a frame, or a slash command, stands for. */
export function toRequest(frame: Exclude<ClientFrame, Heartbeat> | Intent, asker: Asker): SessionRequest {
  switch (frame.type) {
    case 'message':
      return { type: 'message.post', room: frame.room, text: frame.text, asker };
    case 'action':
      return { type: 'action.post', room: frame.room, text: frame.text, asker };
    case 'join':
      return { type: 'room.join', room: frame.room, asker };
    case 'leave':
      return { type: 'room.leave', room: frame.room, asker };
    case 'typing':
      return { type: 'typing.set', room: frame.room, typing: frame.typing, asker };
    case 'pm':
      return { type: 'private.send', to: frame.to, text: frame.text, asker };
    case 'set_nick':
      return { type: 'nick.set', name: frame.name, asker };
    case 'get_rooms':
      return { type: 'rooms.list', after: frame.after, limit: frame.limit, asker };
    case 'get_users':
      return { type: 'users.list', room: frame.room, after: frame.after, limit: frame.limit, asker };
    case 'get_history':
      return { type: 'history.get', room: frame.room, before: frame.before, limit: frame.limit, asker };
    case 'help':
      return { type: 'help.show', room: frame.room, asker };
    case 'quit':
      return { type: 'session.quit', asker };
  }
}
