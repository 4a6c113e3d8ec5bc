import { readdirSync, readFileSync } from 'node:fs';

/**
 * User and system time that a process has used, all its threads together, in microseconds: the scheduler's own
 * count of nanoseconds on a processor, since utime and stime in `stat` come in steps of 10 ms.
 */
export function cpuMicroseconds(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  let nanoseconds = 0;
  for (const task of readdirSync(tasks)) {
    nanoseconds += Number(readFileSync(`${tasks}/${task}/schedstat`, 'latin1').split(' ')[0]);
  }
  return nanoseconds / 1000;
}
