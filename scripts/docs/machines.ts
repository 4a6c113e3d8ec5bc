import type { AnyStateMachine } from 'xstate';
import { roomMachine } from '../../src/actors/room/machine.ts';
import { sessionMachine } from '../../src/actors/session/machine.ts';
import { statsMachine } from '../../src/actors/stats/machine.ts';
import { drawMachine } from './mermaid.ts';

/** The page that shows every machine as it is. */
export function machinesMarkdown(): string {
  return [INTRODUCTION, ...machines.map(section)].join('\n');
}

const INTRODUCTION = `# The machines

Drawn from the machines themselves by \`npm run docs\`. An arrow bears the event that moves the actor, the guard in
brackets (\`else\`: none of the guards before it held) or the delay. What a box lists below its name are events
that the actor takes without going anywhere; \`in any state\` holds for all states around it.
`;

const machines: { machine: AnyStateMachine; source: string; what: string }[] = [
  {
    machine: roomMachine,
    source: 'src/actors/room/machine.ts',
    what: 'One for each room. It owns the roster and the last entries.',
  },
  {
    machine: sessionMachine,
    source: 'src/actors/session/machine.ts',
    what: 'One for each user. It owns the name, the connections and what waits while the user is away.',
  },
  {
    machine: statsMachine,
    source: 'src/actors/stats/machine.ts',
    what: 'One for the server. It counts, and feeds the subscribers of `/events`.',
  },
];

function section({ machine, source, what }: (typeof machines)[number]): string {
  return `## ${machine.id}

${what} [\`${source}\`](../${source})

\`\`\`mermaid
${drawMachine(machine)}\`\`\`
`;
}
