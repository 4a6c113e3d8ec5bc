import type { AnyActor } from 'xstate';

/** An actor that lives, under the name by which people know it. */
export interface LivingActor {
  readonly actor: AnyActor;
  /** `room:general`, `session:Ann`; it may change. */
  readonly title: string;
}

export type EndStatus = 'done' | 'error' | 'stopped';

/** Hears who comes and goes. */
export interface Watcher {
  began(living: LivingActor): void;
  /** @param error what an actor with the status `error` died of */
  ended(living: LivingActor, status: EndStatus, error?: unknown): void;
}

/** All living actors of a server. Nobody need watch, and then a coming or going costs a place in a set. */
export class Living {
  readonly #all = new Set<LivingActor>();
  #watcher: Watcher | undefined;

  /** From now on the watcher is told; undefined ends it. */
  set watcher(watcher: Watcher | undefined) {
    this.#watcher = watcher;
  }

  add(living: LivingActor): void {
    this.#all.add(living);
    this.#watcher?.began(living);
  }

  delete(living: LivingActor, status: EndStatus, error?: unknown): void {
    if (this.#all.delete(living)) this.#watcher?.ended(living, status, error);
  }

  [Symbol.iterator](): Iterator<LivingActor> {
    return this.#all.values();
  }
}

/** An actor with the title that its supervisor has. A class, since every object with a getter of its own is a shape of its own. */
export class Place implements LivingActor {
  readonly actor: LivingActor['actor'];
  readonly #supervised: { readonly title: string };

  constructor(actor: LivingActor['actor'], supervised: { readonly title: string }) {
    this.actor = actor;
    this.#supervised = supervised;
  }

  get title(): string {
    return this.#supervised.title;
  }
}
