import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { transitionKey } from './keys.ts';

/** The production machines, of which every state and transition is to be taken. */
export const machines: readonly AnyStateMachine[] = [roomMachine, sessionMachine, statsMachine];

export function statesOf(machine: AnyStateMachine): string[] {
  return nodesOf(machine.root).map(({ id }) => id);
}

export function transitionsOf(machine: AnyStateMachine): string[] {
  return nodesOf(machine.root).flatMap((node) =>
    [...[...node.transitions.values()].flat(), ...(node.always ?? [])].map(transitionKey),
  );
}

function nodesOf(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesOf)];
}
