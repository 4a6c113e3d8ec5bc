/** What an act is: something that happens in the town, or a frame that somebody sends and whose answer is known before. */
import fc from 'fast-check';
import type { ServerFrame } from '../../../src/protocol/server-frames.ts';
import type { Expected } from './expected.ts';
import type { Kind, Send } from './frames.ts';
import type { Line } from './line.ts';
import type { Town } from './town.ts';

export type Command = fc.AsyncCommand<Expected, Town>;

/** One thing that happens, after which everything is checked. Lines and citizens are picked by any number. */
class Act<P> implements Command {
  readonly #name: string;
  readonly #payload: P;
  readonly #play: (town: Town, payload: P) => Promise<unknown>;

  constructor(name: string, payload: P, play: (town: Town, payload: P) => Promise<unknown>) {
    this.#name = name;
    this.#payload = payload;
    this.#play = play;
  }

  check(): boolean {
    return true;
  }

  async run(_expected: Expected, town: Town): Promise<void> {
    await this.#play(town, this.#payload);
    await town.check(this.toString());
    town.steps += 1;
  }

  toString(): string {
    const shown = JSON.stringify(this.#payload);
    return `${this.#name}(${shown.length > 200 ? `${shown.slice(0, 200)}…` : shown})`;
  }
}

/** An act of a name, with a payload at random. */
export function happens<P>(
  called: string,
  payload: { [K in keyof P]: fc.Arbitrary<P[K]> },
  play: (town: Town, payload: P) => Promise<unknown>,
): fc.Arbitrary<Command> {
  return fc.record(payload).map((each) => new Act(called, each as P, play));
}

/** Somebody, by any number. */
export const by = fc.nat(63);

/** A frame of one kind, sent by somebody, and its answer awaited. */
export function sends<P>(called: string, payload: { [K in keyof P]: fc.Arbitrary<P[K]> }, kind: Kind<P>) {
  return happens<P & { by: number }>(called, { by, ...payload } as never, async (town, { by, ...rest }) => {
    const line = town.pick(by);
    if (line) await send(town, line, kind(settingOf(town, line), rest as never));
  });
}

export async function send(town: Town, line: Line, { frame, answer, effect }: Send): Promise<void> {
  const ref = nextRef();
  take(town, line, { frame, answer, effect }, ref, await line.ask(frame, ref));
}

/** Holds an answer against what was expected, and does in the model what was done. */
export function take(
  town: Town,
  line: Line,
  { frame, answer, effect }: Send,
  ref: string,
  told: ServerFrame,
): void {
  const got = told.type === 'error' ? told.code : told.type;
  if (got !== answer) {
    town.complain(
      `${line.label}: ${JSON.stringify(frame).slice(0, 200)} was answered with ${got}, not ${answer}`,
    );
    return;
  }
  effect?.(told);
  if (told.type === 'ack') line.citizen.lastSend = { frame, ref, id: told.id };
}

export function settingOf(town: Town, line: Line) {
  return { expected: town.expected, line, citizen: line.citizen, now: town.clock.now() };
}

/** As nobody has used before. */
export function nextRef(): string {
  return `s${++refs}`;
}

let refs = 0;
