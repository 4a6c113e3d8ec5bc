import type { AnyStateMachine } from 'xstate';

/** A machine's definition as it goes over the wire: of a function its name is left. */
export function definitionOf({ config }: AnyStateMachine): string {
  return JSON.stringify(config, (_key, value) =>
    typeof value === 'function' ? { type: value.name } : value,
  );
}
