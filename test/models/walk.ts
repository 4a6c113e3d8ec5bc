import type { AnyStateMachine, ContextFrom, EventFromLogic, SnapshotFrom } from 'xstate';
import type { PathOf } from './model.ts';

/** Milliseconds that a path may take on a machine that is busy with something else. */
export const PATIENCE = 60_000;

/** Does what an event says, and checks how it is answered and what it brings others. */
type Executor<W, M extends AnyStateMachine, T extends EventFromLogic<M>['type']> = (
  world: W,
  event: Extract<EventFromLogic<M>, { type: T }>,
  after: ContextFrom<M>,
) => Promise<void>;

/** Checks that the world looks as it must in a state. */
type Assertion<W, M extends AnyStateMachine> = (world: W, context: ContextFrom<M>) => Promise<void>;

/**
 * How a model is held against the real thing. Both are total: what a model has and these lack, xstate would pass
 * over in silence; here tsc names it, and `limits.test.ts` does too.
 */
export interface Steps<W, M extends AnyStateMachine> {
  readonly executors: { readonly [T in EventFromLogic<M>['type']]: Executor<W, M, T> };
  readonly assertions: Readonly<Record<Extract<SnapshotFrom<M>['value'], string>, Assertion<W, M>>>;
}

/** Walks a path through the world; the error of a step that fails shows the whole path with it. */
export async function walk<W, M extends AnyStateMachine>(
  path: PathOf<M>,
  world: W,
  { executors, assertions }: Steps<W, M>,
): Promise<void> {
  await path.test({
    events: mapValues(
      executors as Loose<W>,
      (execute) => (step: Step) => execute(world, step.event, step.state.context),
    ),
    states: mapValues(
      assertions as Loose<W>,
      (assert) => (state: Step['state']) => assert(world, state.context),
    ),
  } as never);
}

interface Step {
  event: object;
  state: { context: object };
}
type Loose<W> = Readonly<Record<string, (world: W, ...what: unknown[]) => Promise<void>>>;

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
