import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type Drawn, transitionsOf } from './transitions.ts';

/**
 * Draws a machine as a mermaid state diagram: its states, nested and side by side, and its transitions with
 * their guards and delays. Transitions that share source and target are one arrow of several lines; events
 * that a state takes without leaving are lines inside it.
 */
export function drawMachine(machine: AnyStateMachine): string {
  return ['stateDiagram-v2', ...inside(machine.root).map(indent), ''].join('\n');
}

/** The states in a state, and what happens wherever in it one is. */
function inside(node: AnyStateNode): string[] {
  const children = Object.values(node.states);
  if (children.length === 0) return [];
  const anywhere = drawAnywhere(node);
  if (node.type === 'parallel') {
    const regions = [...children.map(drawState), anywhere].filter((lines) => lines.length > 0);
    return regions.flatMap((lines, i) => (i === 0 ? lines : ['--', ...lines]));
  }
  const begin = (node.initial.target ?? []).map((target) => `[*] --> ${nameOf(target)}`);
  const end = children.filter(({ type }) => type === 'final').map((child) => `${nameOf(child)} --> [*]`);
  return [...begin, ...children.flatMap(drawState), ...anywhere, ...end];
}

function drawState(node: AnyStateNode): string[] {
  const name = nameOf(node);
  const title = `state "${node.key}" as ${name}`;
  const content = inside(node);
  const transitions = transitionsOf(node);
  if (content.length === 0) {
    return [title, ...stays(name, transitions), ...arrows(name, transitions, () => true)];
  }
  const leaving = arrows(name, transitions, (target) => !isWithin(target, node));
  return [title, `state ${name} {`, ...content.map(indent), '}', ...leaving];
}

/**
 * Events that a state with states in it takes wherever in it one is: an arrow from a state into itself is
 * beyond mermaid, so these have a box of their own.
 */
function drawAnywhere(node: AnyStateNode): string[] {
  const name = `${nameOf(node)}_any`;
  const transitions = transitionsOf(node);
  const lines = [
    ...stays(name, transitions),
    ...arrows(name, transitions, (target) => isWithin(target, node)),
  ];
  return lines.length === 0 ? [] : [`state "in any state" as ${name}`, ...lines];
}

/** One line an event, with all the guards under which it is taken. */
function stays(name: string, transitions: Drawn[]): string[] {
  const conditions = new Map<string, string[]>();
  for (const { event, condition, targets } of transitions) {
    if (targets.length === 0) append(conditions, event, condition);
  }
  return [...conditions].map(([event, each]) => `${name} : ${labelled(event, each.join(' / '))}`);
}

function arrows(name: string, transitions: Drawn[], isDrawn: (target: AnyStateNode) => boolean): string[] {
  const labels = new Map<string, string[]>();
  for (const { event, condition, targets } of transitions) {
    for (const target of targets.filter(isDrawn)) append(labels, nameOf(target), labelled(event, condition));
  }
  return [...labels].map(([target, lines]) => `${name} --> ${target} : ${lines.join('<br/>')}`);
}

function labelled(event: string, condition: string): string {
  return condition === '' ? event : `${event} [${condition}]`;
}

function append(lists: Map<string, string[]>, key: string, value: string): void {
  lists.set(key, [...(lists.get(key) ?? []), value]);
}

function isWithin(node: AnyStateNode | undefined, outer: AnyStateNode): boolean {
  return node !== undefined && (node === outer || isWithin(node.parent, outer));
}

/** With the machine's own id in front no state is called like one of mermaid's words. */
function nameOf(node: AnyStateNode): string {
  return node.id.replace(/\W/g, '_');
}

function indent(line: string): string {
  return `  ${line}`;
}
