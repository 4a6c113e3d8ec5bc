import type { ServerFrameOf } from '../../protocol/server-frames.ts';
import { asUser, type Roster } from './roster.ts';

/**
 * Who came, went and was renamed in a large room since its members were last told. It remembers how things
 * were then, so that what cancels out within the interval is never told at all.
 */
export class PresenceChanges {
  /** By user id: the name at the last telling; undefined for one who was not there. */
  readonly #before = new Map<string, string | undefined>();

  /** Whether the telling at the end of the interval is arranged. */
  isScheduled = false;

  get isEmpty(): boolean {
    return this.#before.size === 0;
  }

  /** Whether there is an end of the interval just if there is something to tell. */
  get isArranged(): boolean {
    return this.isEmpty !== this.isScheduled;
  }

  note(userId: string, nameBefore: string | undefined): void {
    if (!this.#before.has(userId)) this.#before.set(userId, nameBefore);
  }

  /**
   * Takes out a user who is to be told of in another way.
   * @returns the name under which the others know them; undefined when they have not yet been told of them
   */
  withdraw(userId: string, name: string): string | undefined {
    const known = this.#before.has(userId) ? this.#before.get(userId) : name;
    this.#before.delete(userId);
    return known;
  }

  /** The net change as a frame, undefined when it came to nothing; begins a new interval. */
  take(room: string, roster: Roster): ServerFrameOf<'presence'> | undefined {
    const frame: ServerFrameOf<'presence'> = {
      type: 'presence',
      room,
      joined: [],
      left: [],
      renamed: [],
      count: roster.size,
    };
    for (const [id, before] of this.#before) {
      const member = roster.get(id);
      if (member && before === undefined) frame.joined.push(asUser(member));
      if (!member && before !== undefined) frame.left.push({ id, name: before });
      if (member && before !== undefined && before !== member.name) {
        frame.renamed.push({ id, old_name: before, new_name: member.name });
      }
    }
    this.#before.clear();
    const changed = frame.joined.length + frame.left.length + frame.renamed.length > 0;
    return changed ? frame : undefined;
  }
  toJSON(): object {
    return { users: this.#before.size, isScheduled: this.isScheduled };
  }
}
