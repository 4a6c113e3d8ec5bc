import type { Crowd } from './crowd.ts';

/** A kind of load. Numbers hold for one round. */
export interface Work {
  readonly name: string;
  readonly receivers: number;
  /** Messages sent at once, and how often that is done: each time only when all have got the last. */
  readonly atOnce: number;
  readonly times: number;
  /** Times before, not measured: every contender is to be measured compiled. */
  readonly warmup: number;
  /** The ratio to the bare server that is aimed at. */
  readonly target: number;
}

/** @param isQuick shortens the rounds */
export function works(isQuick: boolean): Work[] {
  const receivers = 500;
  return [
    { name: 'paced', receivers, atOnce: 1, times: isQuick ? 200 : 400, warmup: 100, target: 1 },
    { name: 'burst of 200', receivers, atOnce: 200, times: isQuick ? 4 : 8, warmup: 2, target: 1 },
  ];
}

export async function perform(work: Work, crowd: Crowd, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await crowd.say(work.atOnce);
}
