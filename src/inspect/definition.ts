import type { AnyActor, AnyStateMachine } from 'xstate';

/** By machine: thousands of actors are of one. */
const known = new WeakMap<object, string>();

/** The machine of an actor as JSON, whole; functions are told by their names, as the official inspector does. */
export function definitionOf(actor: AnyActor): string {
  const { config } = actor.logic as AnyStateMachine;
  const definition = known.get(config) ?? JSON.stringify(config, withNames);
  known.set(config, definition);
  return definition;
}

function withNames(_key: string, value: unknown): unknown {
  return typeof value === 'function' ? { type: value.name } : value;
}
