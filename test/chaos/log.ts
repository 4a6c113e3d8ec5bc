/** What the chaos test writes down: everything that clients did and saw, in the order in which it happened. */
export type Note = { who: string } & (
  | { kind: 'sent'; ref: string; to: Target; text: string }
  | { kind: 'acked'; ref: string; id: number }
  | { kind: 'refused'; code: string; message: string }
  /** A session that began; a second one means that the first was lost. */
  | { kind: 'connected' }
  | { kind: 'joined'; room: string; from: number }
  | { kind: 'resumed'; recovered: boolean; rooms: string[] }
  | { kind: 'received'; connection: number; id: number; room: string; from: string; text: string }
  | { kind: 'private'; connection: number; id: number; from: string; to: string; text: string }
);

export type Target = { room: string } | { user: string };

/** How everything stood when all was quiet again. */
export interface Outcome {
  notes: Note[];
  /** By room, oldest first, all of it. */
  histories: Record<string, HistoryLine[]>;
  /** By room, as each client was told of its members. */
  rosters: Record<string, { who: string; members: string[] }[]>;
  /** By client, as its last resume told. */
  roomsOf: Record<string, string[]>;
}

export interface HistoryLine {
  id: number;
  type: string;
  from: string;
  text: string;
}
