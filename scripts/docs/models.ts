import type { AnyStateMachine } from 'xstate';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { hasFewSimplePaths, type Model, shortestPaths, transitionsOf } from '../../test/models/model.ts';
import { roomModel } from '../../test/models/room.model.ts';
import { sessionModel } from '../../test/models/session.model.ts';
import { standingRoomModel } from '../../test/models/standing-room.model.ts';
import { subscriptionModel } from '../../test/models/subscription.model.ts';
import { drawMachine } from './mermaid.ts';

interface Pair {
  machine: AnyStateMachine;
  /** What watches over it. */
  models: { model: Model; file: string }[];
}

const pairs: readonly Pair[] = [
  {
    machine: roomMachine,
    models: [
      { model: roomModel, file: 'room.model.ts' },
      { model: standingRoomModel, file: 'standing-room.model.ts' },
    ],
  },
  { machine: sessionMachine, models: [{ model: sessionModel, file: 'session.model.ts' }] },
  { machine: statsMachine, models: [{ model: subscriptionModel, file: 'subscription.model.ts' }] },
];

/** Each model, and below it the machine that it watches over. */
export function modelDrawings(): string {
  return pairs.flatMap(({ machine, models }) => [...models.map(drawModel), drawWatched(machine)]).join('\n');
}

function drawModel({ model, file }: Pair['models'][number]): string {
  const paths = shortestPaths(model);
  const steps = paths.reduce((sum, path) => sum + path.steps.length - 1, 0);
  const few = hasFewSimplePaths(model) ? ', and few enough simple ones' : '';
  return `### ${model.machine.id}

[\`test/models/${file}\`](../test/models/${file}): ${transitionsOf(model).length} things to do in its states, done on
${paths.length} shortest paths of ${steps} steps in all${few}.

${drawing(model.machine)}`;
}

function drawWatched(machine: AnyStateMachine): string {
  return `The machine in the server, \`${machine.id}\`:

${drawing(machine)}`;
}

function drawing(machine: AnyStateMachine): string {
  return `\`\`\`mermaid
${drawMachine(machine)}\`\`\`
`;
}
