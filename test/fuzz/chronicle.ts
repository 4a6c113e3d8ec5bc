import { isDeepStrictEqual } from 'node:util';
import type { Entry } from '../../src/protocol/entities.ts';

/** What happened in the rooms, as all clients together were told it: no two may have been told otherwise. */
export class Chronicle {
  readonly #entries = new Map<number, { room: string; entry: Entry }>();
  readonly #rooms = new Map<string, number[]>();
  readonly #complain: (what: string) => void;

  constructor(complain: (what: string) => void) {
    this.#complain = complain;
  }

  note(room: string, entry: Entry): void {
    const known = this.#entries.get(entry.id);
    if (known) {
      if (!isDeepStrictEqual(known, { room, entry })) {
        this.#complain(`entry ${entry.id} is told as ${show(known)} and as ${show({ room, entry })}`);
      }
      return;
    }
    this.#entries.set(entry.id, { room, entry });
    const ids = this.#rooms.get(room) ?? [];
    this.#rooms.set(room, ids);
    ids.push(entry.id);
    if (ids.length > 1 && (ids.at(-2) as number) > entry.id) ids.sort((a, b) => a - b);
  }

  has(room: string, id: number): boolean {
    return this.#entries.get(id)?.room === room;
  }

  /** The ids of a room's entries from one id to another, rising. */
  ids(room: string, from = 0, to = Number.POSITIVE_INFINITY): number[] {
    return (this.#rooms.get(room) ?? []).filter((id) => id >= from && id <= to);
  }

  /** The ids since the room was last created. */
  current(room: string): number[] {
    const ids = this.ids(room);
    const founded = ids.findLast((id) => this.#entries.get(id)?.entry.type === 'system');
    return founded === undefined ? ids : ids.filter((id) => id >= founded);
  }
}

function show(what: unknown): string {
  return JSON.stringify(what).slice(0, 300);
}
