/** Loaded into a server that is measured: tells its memory, with all garbage collected, when asked over IPC. */
import { setTimeout } from 'node:timers/promises';

process.on('message', async () => {
  // More than once: what is freed by finalizers, and code that is given up as old, goes only with a later one.
  for (let i = 0; i < 4; i++) {
    globalThis.gc();
    await setTimeout(20);
  }
  process.send(process.memoryUsage());
});
process.channel?.unref();
