import type { Actor, AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import type { Clock } from './clock.ts';
import { type EndStatus, type Living, type LivingActor, Place } from './living.ts';
import { snapshotIn } from './plain-steps.ts';
import { createRoot } from './root-system.ts';
import { currentSender, inNameOf, type Sender } from './sender.ts';
import { canBeRetried, giveUp } from './told.ts';
import { SUPERVISOR, type Traced, traced } from './traced.ts';

/** An actor by name. What is sent to it reaches whichever actor bears the name now: a crashed one is replaced. */
export interface Supervised<M extends AnyStateMachine> {
  readonly name: string;
  /** The name by which people know it. */
  readonly title: string;
  send(event: EventFromLogic<M>): void;
  /** Runs what the journal tells the actor: what is sent meanwhile is seen to come from it. */
  told(run: () => void): void;
  snapshot(): SnapshotFrom<M>;
  stop(): void;
}

export interface Crash {
  actor: string;
  event: string;
  error: unknown;
}

export interface Supervision<M extends AnyStateMachine> {
  name: string;
  /** The name by which people know it, where that is another one. */
  title?: () => string;
  living: Living;
  machine: M;
  clock: Clock;
  /** The state that the first actor begins in, where the machine need not find out; nothing is done on entering it. */
  begins?: string | undefined;
  /** What to start from. After a crash it is given the dead actor's last snapshot. */
  input(self: Supervised<M>, last: SnapshotFrom<M> | undefined): InputFrom<M> | Promise<InputFrom<M>>;
  crashed(crash: Crash): void;
  /** The actor has come to its final state. */
  ended(): void;
}

/** A second crash within this time waits this long for its restart: a loop must not eat the processor. */
const RESTART_PAUSE_MS = 250;

/**
 * Starts an actor and keeps it alive: a bug that throws in it is logged, whoever asked is told, and a fresh
 * actor takes over; events that come meanwhile wait for it.
 */
export function supervise<M extends AnyStateMachine>(supervision: Supervision<M>): Supervised<M> {
  return new Supervisor(supervision);
}

class Supervisor<M extends AnyStateMachine> implements Supervised<M> {
  readonly #supervision: Supervision<M>;
  #actor: Actor<M> | undefined;
  #asSender: Sender | undefined;
  #place: LivingActor | undefined;
  #waiting: Waiting<M>[] | undefined;
  #current: EventFromLogic<M> | undefined;
  #retried: EventFromLogic<M> | undefined;
  #crashedAt = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(supervision: Supervision<M>) {
    this.#supervision = supervision;
    this.#start(supervision.input(this, undefined) as InputFrom<M>, supervision.begins);
  }

  get name(): string {
    return this.#supervision.name;
  }

  get title(): string {
    return this.#supervision.title?.() ?? this.name;
  }

  send(event: EventFromLogic<M>): void {
    if (this.#stopped) return;
    if (this.#waiting) this.#waiting.push({ event, sender: currentSender() });
    else this.#actor?.send(event);
  }

  told(run: () => void): void {
    inNameOf({ actor: this.#actor as Actor<M>, cause: 'journal' }, run);
  }

  snapshot(): SnapshotFrom<M> {
    return (this.#actor as Actor<M>).getSnapshot() as SnapshotFrom<M>;
  }

  stop(): void {
    this.#stopped = true;
    this.#actor?.stop();
    this.#bury('stopped');
  }

  #start(input: InputFrom<M>, begins?: string): void {
    const { clock, name, living, machine } = this.#supervision;
    const actor = createRoot(traced(machine), {
      id: name,
      clock: clock as never,
      input,
      snapshot: begins === undefined ? undefined : snapshotIn(machine, begins, input as object),
    } as never) as Actor<M> & Traced;
    this.#actor = actor;
    actor[SUPERVISOR] = this;
    this.#asSender = { actor };
    this.#current = undefined;
    this.#place = new Place(actor, this);
    actor.subscribe(this);
    living.add(this.#place);
    inNameOf(this.#asSender, () => actor.start());
  }

  #bury(status: EndStatus, error?: unknown): void {
    if (this.#place) this.#supervision.living.delete(this.#place, status, error);
  }

  /** As the actor's observer: a bug has ended it. */
  error(error: unknown): void {
    this.#recover(this.#actor as Actor<M>, error);
  }

  /** As the actor's observer: it has come to its end. */
  complete(): void {
    // xstate takes being stopped for an end as well.
    if (this.#stopped) return;
    this.#stopped = true;
    this.#bury('done');
    this.#supervision.ended();
  }

  /** Remembers the event that the actor is at, of which xstate tells the error observer nothing, and who works. */
  step<T>(event: EventFromLogic<M>, run: () => T): T {
    this.#current = event;
    return inNameOf(this.#asSender as Sender, run);
  }

  #recover(actor: Actor<M>, error: unknown): void {
    const event = this.#current;
    this.#supervision.crashed({ actor: this.name, event: event?.type ?? 'xstate.init', error });
    this.#bury('error', error);
    if (this.#stopped) return;

    const waiting: Waiting<M>[] = [];
    this.#waiting = waiting;
    if (event && canBeRetried(event) && event !== this.#retried) {
      // What has happened, the new actor must hear of. Once: a poisonous event would kill it forever.
      this.#retried = event;
      waiting.push({ event, sender: currentSender() });
    } else {
      giveUp(event);
    }
    const { clock } = this.#supervision;
    const soon = clock.now() - this.#crashedAt < RESTART_PAUSE_MS;
    this.#crashedAt = clock.now();
    const restart = () => void this.#restart(actor, waiting);
    if (soon) clock.setTimeout(restart, RESTART_PAUSE_MS);
    else restart();
  }

  async #restart(dead: Actor<M>, waiting: Waiting<M>[]): Promise<void> {
    const { input, crashed } = this.#supervision;
    try {
      const fresh = await input(this, dead.getSnapshot() as SnapshotFrom<M>);
      if (this.#stopped) return;
      this.#waiting = undefined;
      this.#start(fresh);
    } catch (error) {
      crashed({ actor: this.name, event: 'restart', error });
      this.#supervision.clock.setTimeout(() => void this.#restart(dead, waiting), RESTART_PAUSE_MS);
      return;
    }
    for (const { event, sender } of waiting) {
      if (sender) inNameOf(sender, () => this.send(event));
      else this.send(event);
    }
  }
}

/** What came for an actor that is being replaced, and who sent it. */
interface Waiting<M extends AnyStateMachine> {
  event: EventFromLogic<M>;
  sender: Sender | undefined;
}
