import type { PrivateMessage } from '../../journal/journal.ts';
import type { Mistake } from '../../protocol/errors.ts';
import type { Asker, Connection } from '../connection.ts';
import type { Member } from '../room/roster.ts';

/** What a client asks for: one event a frame or command, with the connection to answer to. */
export type SessionRequest = { asker: Asker } & (
  | { type: 'message.post'; room: string; text: string }
  | { type: 'action.post'; room: string; text: string }
  | { type: 'room.join'; room: string }
  | { type: 'room.leave'; room: string }
  | { type: 'typing.set'; room: string; typing: boolean }
  | { type: 'private.send'; to: string; text: string }
  | { type: 'nick.set'; name: string }
  | { type: 'rooms.list'; after: string | undefined; limit: number | undefined }
  | { type: 'users.list'; room: string; after: string | undefined; limit: number | undefined }
  | { type: 'history.get'; room: string; before: number | undefined; limit: number | undefined }
  | { type: 'help.show'; room: string }
  | { type: 'session.quit' }
);

/** What the transport tells. */
export type ConnectionFact =
  | { type: 'connection.opened'; connection: Connection; cursor: number }
  | { type: 'connection.lost'; connection: Connection };

/** What rooms, other sessions and the journal tell. */
export type SessionFact =
  | { type: 'begin.committed'; connection: Connection; id: number }
  | { type: 'begin.failed'; connection: Connection }
  | { type: 'room.joined'; room: string; member: Member }
  | { type: 'join.refused'; room: string; member: Member; asker: Asker | undefined; mistake: Mistake }
  | { type: 'rename.committed'; name: string; rooms: string[]; asker: Asker }
  | { type: 'rename.failed'; asker: Asker; mistake: Mistake }
  | { type: 'private.sent'; message: PrivateMessage }
  | { type: 'private.arrived'; message: PrivateMessage; unread: boolean }
  | { type: 'private.undelivered'; to: string; ref: string | undefined };

export type SessionEvent = SessionRequest | ConnectionFact | SessionFact;

export interface SessionRef {
  readonly name: string;
  send(event: SessionEvent): void;
  told(run: () => void): void;
}
