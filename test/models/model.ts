import {
  type AnyStateMachine,
  type ContextFrom,
  type EventFromLogic,
  getNextSnapshot,
  type SnapshotFrom,
} from 'xstate';
import { adjacencyMapToArray, createTestModel, type TestPath } from 'xstate/graph';

/**
 * What somebody outside may observe of one thing, as a machine: its states are what can be seen, its events what
 * people do, its `context.answer` what the one who did it is told.
 */
export interface Model<M extends AnyStateMachine = AnyStateMachine> {
  readonly machine: M;
  /** All that may happen: every type of event with each of its payloads, wrong ones among them. */
  readonly events: readonly EventFromLogic<M>[];
}

export type PathOf<M extends AnyStateMachine> = TestPath<SnapshotFrom<M>, EventFromLogic<M>>;

/** Steps after which the search for states gives up instead of going on: a context that counts has no end. */
const STEPS_MAX = 5_000;
/** A model with more simple paths is walked along the shortest ones alone: of 9 states they can be too many to find. */
export const SIMPLE_PATHS_MAX = 200;

/**
 * The shortest paths that, together, do everything that can be done in every state. By xstate's own reckoning an
 * event that changes nothing leads nowhere, and no refusal would ever be tried: here a state that was reached by
 * another event, or from another state, is another one.
 */
export function shortestPaths<M extends AnyStateMachine>(model: Model<M>): PathOf<M>[] {
  return testModel(model, (state, event, previous) =>
    event === undefined || previous === undefined
      ? stateKey(state)
      : `${stateKey(state)} by ${JSON.stringify(event)} from ${stateKey(previous)}`,
  ).getShortestPaths() as PathOf<M>[];
}

/**
 * Few of the shortest paths, which together come into every state by every event that leads there, and do once what
 * leads nowhere: for a way in that is slow.
 * @param isPossible whether this way in lets one do a thing
 */
export function fewPaths<M extends AnyStateMachine>(
  model: Model<M>,
  isPossible: (event: EventFromLogic<M>, after: ContextFrom<M>) => boolean,
): PathOf<M>[] {
  const possible = shortestPaths(model).filter(({ steps: [, ...steps] }) =>
    steps.every(({ event, state }) => isPossible(event, (state as Snapshot).context as ContextFrom<M>)),
  );
  const arrivals = ({ steps: [first, ...steps] }: PathOf<M>) => {
    let before = nameOfState(first?.state);
    return steps.map(({ event, state }) => {
      const isStay = nameOfState(state) === before;
      before = nameOfState(state);
      return isStay ? event.type : `${event.type} → ${before}`;
    });
  };
  const done = new Set<string>();
  // The longest come first, and do the most.
  return possible.filter((path) => {
    const isNews = arrivals(path).some((arrival) => !done.has(arrival));
    for (const arrival of arrivals(path)) done.add(arrival);
    return isNews;
  });
}

/**
 * All paths that come by no state twice. Where several payloads lead from one state to the same other, the first is
 * taken: the shortest paths try each of them.
 * @throws RangeError when they are too many: xstate would look for them until the memory is full
 */
export function simplePaths<M extends AnyStateMachine>(model: Model<M>): PathOf<M>[] {
  if (!hasFewSimplePaths(model)) throw new RangeError(`${model.machine.id} has too many simple paths`);
  const found = testModel(model, stateKey, isFirstWay(model));
  // xstate remembers one way into each state, and with it the answer of that way: each path is gone through again.
  return found
    .getSimplePaths()
    .flatMap(({ steps: [, ...steps] }) =>
      found.getPathsFromEvents(steps.map(({ event }) => event)),
    ) as PathOf<M>[];
}

/** Counts simple paths, and stops counting when they are too many. */
export function hasFewSimplePaths(model: Model): boolean {
  const adjacency = testModel(model, stateKey, isFirstWay(model)).getAdjacencyMap();
  let count = 0;
  const visit = (key: string, seen: ReadonlySet<string>): void => {
    count += 1;
    for (const { state } of Object.values(adjacency[key as never]?.transitions ?? {})) {
      if (count > SIMPLE_PATHS_MAX) return;
      if (!seen.has(stateKey(state))) visit(stateKey(state), new Set([...seen, stateKey(state)]));
    }
  };
  const [first = ''] = Object.keys(adjacency);
  visit(first, new Set([first]));
  return count <= SIMPLE_PATHS_MAX;
}

/** Everything that can be done in every state that can be reached. */
export function transitionsOf(model: Model) {
  return adjacencyMapToArray(testModel(model, stateKey).getAdjacencyMap());
}

type Snapshot = SnapshotFrom<AnyStateMachine>;
type EventFilter = (snapshot: Snapshot, event: { type: string }) => boolean;

function nameOfState(state: unknown): string {
  return String((state as Snapshot).value);
}

/** What a state has no transition for does not happen in it. */
const canHappen: EventFilter = (snapshot, event) => snapshot.can(event);

function isFirstWay({ machine, events }: Model): EventFilter {
  return (snapshot, event) => {
    const target = (each: { type: string }) => stateKey(getNextSnapshot(machine, snapshot, each));
    const ways = events.filter((each) => canHappen(snapshot, each) && target(each) === target(event));
    return ways[0] === event;
  };
}

/** The answer says how a state was reached, not which it is. */
function stateKey({ value, context }: Snapshot): string {
  return JSON.stringify({ value, ...context, answer: undefined });
}

function testModel(
  { machine, events }: Model,
  serializeState: (state: Snapshot, event?: { type: string }, previous?: Snapshot) => string,
  filterEvents = canHappen,
) {
  return createTestModel(machine, { events: [...events], serializeState, filterEvents, limit: STEPS_MAX });
}
