/**
 * What xstate makes anew for every root actor: a system, which keeps its timers and tells those who inspect it. xstate's
 * own is made for a family of actors, and takes half of an idle actor's memory in maps, sets and functions. Ours has
 * none but its root, so it makes each of these when it is first needed. `test/actors/root-system.test.ts` holds it
 * against xstate's.
 */
import {
  type Actor,
  type ActorOptions,
  type AnyActor,
  type AnyActorRef,
  type AnyStateMachine,
  createActor,
  type EventObject,
  type InspectionEvent,
  type Observer,
  type Subscription,
  toObserver,
} from 'xstate';

/** Makes a root actor, like `createActor`, with a system of ours. It must not have children. */
export function createRoot<M extends AnyStateMachine>(machine: M, options: ActorOptions<M>): Actor<M> {
  const system = new RootSystem(options);
  // An actor takes its system from its parent; after that it is to have none, and so be a root.
  const actor = createActor(machine, { ...options, parent: { system } } as never) as Actor<M>;
  actor._parent = undefined;
  system.root = actor;
  return actor;
}

type Told = InspectionEvent extends infer E ? (E extends unknown ? Omit<E, 'rootId'> : never) : never;

interface Scheduled {
  source: AnyActorRef;
  target: AnyActorRef;
  event: EventObject;
  delay: number;
  id: string;
  startedAt: number;
}

let booked = 0;

/** What xstate's types leave out. */
interface Addressee {
  _send(event: EventObject): void;
}

/** The members are those that xstate calls, also those that its types leave out. */
class RootSystem {
  readonly _clock: ActorOptions<AnyStateMachine>['clock'];
  readonly _logger: ActorOptions<AnyStateMachine>['logger'];
  root: AnyActor | undefined;
  #observers: Set<Observer<InspectionEvent>> | undefined;
  #timers: Map<string, { scheduled: Scheduled; timeout: unknown }> | undefined;

  constructor({ clock, logger = console.log }: ActorOptions<AnyStateMachine>) {
    this._clock = clock;
    this._logger = logger;
  }

  get scheduler(): this {
    return this;
  }

  _bookId(): string {
    return `x:${booked++}`;
  }

  _register(sessionId: string): string {
    return sessionId;
  }

  _unregister(): void {}

  start(): void {}

  get(): undefined {}

  getAll(): object {
    return {};
  }

  getSnapshot(): { _scheduledEvents: Record<string, Scheduled> } {
    const entries = [...(this.#timers ?? [])].map(([id, { scheduled }]) => [id, scheduled]);
    return { _scheduledEvents: Object.fromEntries(entries) };
  }

  inspect(observer: Observer<InspectionEvent> | ((inspected: InspectionEvent) => void)): Subscription {
    const observing = toObserver(observer as Observer<InspectionEvent>);
    this.#observers ??= new Set();
    this.#observers.add(observing);
    return { unsubscribe: () => void this.#observers?.delete(observing) };
  }

  _sendInspectionEvent(told: Told): void {
    if (!this.#observers?.size) return;
    const inspected = { ...told, rootId: this.root?.sessionId } as InspectionEvent;
    for (const observer of this.#observers) observer.next?.(inspected);
  }

  _relay(sourceRef: AnyActorRef | undefined, target: AnyActorRef, event: EventObject): void {
    this._sendInspectionEvent({ type: '@xstate.event', sourceRef, actorRef: target, event });
    (target as unknown as Addressee)._send(event);
  }

  schedule(
    source: AnyActorRef,
    target: AnyActorRef,
    event: EventObject,
    delay: number,
    id = `${Math.random()}`,
  ): void {
    const key = keyOf(source, id);
    this.#timers ??= new Map();
    const timeout = this._clock?.setTimeout(() => {
      this.#timers?.delete(key);
      this._relay(source, target, event);
    }, delay);
    this.#timers.set(key, {
      scheduled: { source, target, event, delay, id, startedAt: Date.now() },
      timeout,
    });
  }

  cancel(source: AnyActorRef, id: string): void {
    const key = keyOf(source, id);
    const timer = this.#timers?.get(key);
    if (!timer) return;
    this.#timers?.delete(key);
    this._clock?.clearTimeout(timer.timeout);
  }

  cancelAll(source: AnyActorRef): void {
    for (const { scheduled } of this.#timers?.values() ?? []) this.cancel(source, scheduled.id);
  }
}

function keyOf({ sessionId }: AnyActorRef, id: string): string {
  return `${sessionId}.${id}`;
}
