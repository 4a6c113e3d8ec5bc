import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { hasFewSimplePaths, type Model, type PathOf, shortestPaths, simplePaths } from './model.ts';

/**
 * The paths of a model that a run walks, each with its title: every shortest one, or with `npm run test:model` every
 * simple one, where the model is small enough to have few.
 */
export function pathsToWalk<M extends AnyStateMachine>(model: Model<M>): [title: string, path: PathOf<M>][] {
  const isThorough = process.env.MODEL_PATHS === 'simple' && hasFewSimplePaths(model);
  const paths = isThorough ? simplePaths(model) : shortestPaths(model);
  return paths.map((path) => [titleOf(path), path]);
}

/** `join Ann attic, goAway Ann close → membersAway` */
export function titleOf<M extends AnyStateMachine>({ steps, state }: PathOf<M>): string {
  const { value } = state as AnyMachineSnapshot;
  const [, ...events] = steps.map(({ event: { type, ...payload } }) =>
    [type, ...Object.values(payload).map((value) => (value === '  ' ? 'blank' : value))].join(' '),
  );
  return `${events.join(', ')} → ${value}`;
}
