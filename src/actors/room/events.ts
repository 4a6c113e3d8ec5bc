import type { Party } from '../../journal/journal.ts';
import type { Entry } from '../../protocol/entities.ts';
import type { Mistake } from '../../protocol/errors.ts';
import type { Asker } from '../connection.ts';
import type { Receipt } from '../session/receipt.ts';
import type { Member } from './roster.ts';

/** What sessions ask of a room. */
export type RoomRequest =
  | { type: 'member.join'; member: Member; asker?: Asker | undefined }
  | { type: 'member.leave'; user: Party; asker?: Asker | undefined }
  | { type: 'member.rename'; userId: string; name: string }
  | { type: 'member.rest'; userId: string }
  | { type: 'member.look'; userId: string }
  | { type: 'message.post'; kind: 'message' | 'action'; author: Party; text: string; receipt: Receipt }
  | { type: 'typing.set'; userId: string; typing: boolean };

/** What the journal tells of what the room appended. */
export type RoomFact =
  | { type: 'join.committed'; member: Member; asker?: Asker | undefined }
  | { type: 'join.failed'; member: Member; asker?: Asker | undefined; mistake: Mistake }
  | { type: 'leave.committed'; user: Party; asker?: Asker | undefined }
  | { type: 'entry.committed'; entry: Entry };

/** What the room tells itself: that there is more, or no more, to tell of who came and went, and what is due. */
export type RoomReminder =
  | { type: 'presence.changed' }
  | { type: 'presence.due' }
  | { type: 'typing.expired'; userId: string };

export type RoomEvent = RoomRequest | RoomFact | RoomReminder;

export interface RoomRef {
  readonly name: string;
  send(event: RoomEvent): void;
  told(run: () => void): void;
}
