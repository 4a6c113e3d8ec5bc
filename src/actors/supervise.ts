import type { Actor, AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import type { CloseReason } from '../protocol/close-codes.ts';
import { type Mistake, mistake } from '../protocol/errors.ts';
import type { Clock } from './clock.ts';
import type { EndStatus, Living, LivingActor } from './living.ts';
import { snapshotIn, takePlainStep } from './plain-steps.ts';
import { createRoot } from './root-system.ts';
import { currentSender, inNameOf, type Sender } from './sender.ts';

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

const SUPERVISOR = Symbol('supervisor');

/** An actor that leads to who watches over it. */
interface Traced {
  [SUPERVISOR]?: { step<T>(event: unknown, run: () => T): T };
}

const tracedMachines = new WeakMap<AnyStateMachine, AnyStateMachine>();

/** The machine with steps that its supervisor is told of: one for all its actors, since each is a shape of its own. */
function traced<M extends AnyStateMachine>(machine: M): M {
  const known = tracedMachines.get(machine);
  if (known) return known as M;
  const transition: M['transition'] = (snapshot, event, scope) => {
    const run = () =>
      (takePlainStep(machine, snapshot, event, scope) as typeof snapshot | undefined) ??
      machine.transition(snapshot, event, scope);
    const supervisor = (scope.self as Traced)[SUPERVISOR];
    return supervisor ? supervisor.step(event, run) : run();
  };
  const made: M = Object.create(machine, {
    transition: { value: transition },
    // Those that are begun from were never stored: there is nothing in them to bring back to life.
    restoreSnapshot: { value: (snapshot: unknown) => snapshot },
  });
  tracedMachines.set(machine, made);
  return made;
}

/** A class, since every object with a getter of its own is a shape of its own. */
class Place implements LivingActor {
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

/** A request that somebody is told has failed is not tried again: whoever asked may do so. */
function canBeRetried(event: Told): boolean {
  if (event.type.startsWith('xstate.')) return false;
  const isFact = /\.(committed|failed|refused)/.test(event.type);
  return isFact || (event.receipt ?? event.asker) === undefined;
}

/** The client that met the bug hears of it: one with a request by an error, one that can't be let in by a close. */
function giveUp(event: Told | undefined): void {
  (event?.receipt ?? event?.asker)?.refuse(mistake('internal'));
  event?.connection?.close('broken');
}

/** What events carry of those who are to be told: the asker, the receipt of a send, a new connection. */
interface Told {
  type: string;
  asker?: { refuse(what: Mistake): void } | undefined;
  receipt?: { refuse(what: Mistake): void } | undefined;
  connection?: { close(reason: CloseReason): void } | undefined;
}
