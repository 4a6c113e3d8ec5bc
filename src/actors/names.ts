import { foldName, isReserved, isTooShort, normalizeUserName, numbered } from '../protocol/names.ts';

/** Which user bears which name. A name is held from the frame that asks for it until its bearer gives it up. */
export class Names {
  /** By folded name: the user's id. */
  readonly #holders = new Map<string, string>();
  readonly #heldBy = new Map<string, readonly string[]>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  holder(name: string): string | undefined {
    return this.#holders.get(foldName(name));
  }

  isFreeFor(userId: string, name: string): boolean {
    const holder = this.holder(name);
    return !isReserved(name) && (holder === undefined || holder === userId);
  }

  /** Has a user hold these names, and none besides. */
  hold(userId: string, names: readonly string[]): void {
    this.release(userId);
    const wanted = names.map(foldName);
    for (const name of wanted) this.#holders.set(name, userId);
    if (wanted.length > 0) this.#heldBy.set(userId, wanted);
  }

  release(userId: string): void {
    for (const held of this.#heldBy.get(userId) ?? []) this.#holders.delete(held);
    this.#heldBy.delete(userId);
  }

  /** The name that somebody who asks for `raw` gets on renaming: a too short one becomes `User` and digits. */
  wished(raw: string): string {
    const name = normalizeUserName(raw);
    return isTooShort(name) ? this.#free('User', 4) : name;
  }

  /** The name that a newcomer who asks for `raw` gets: like `wished`, and a taken one gets a number. */
  assigned(raw: string): string {
    const name = this.wished(raw);
    return this.#isFree(name) ? name : this.#free(name, 1);
  }

  /** Counts up at first, since that reads best; then tries ever longer numbers, so that no crowd is slow. */
  #free(base: string, digits: number): string {
    for (let number = 2; digits === 1 && number < 10; number++) {
      const name = numbered(base, String(number));
      if (this.#isFree(name)) return name;
    }
    for (let tries = 0; ; tries++) {
      const length = Math.min(Math.max(digits, 2) + Math.floor(tries / 4), 12);
      const name = numbered(base, String(Math.floor((1 + 9 * this.#random()) * 10 ** (length - 1))));
      if (this.#isFree(name)) return name;
    }
  }

  #isFree(name: string): boolean {
    return !isReserved(name) && this.holder(name) === undefined;
  }
}
