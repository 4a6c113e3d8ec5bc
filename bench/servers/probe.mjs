/** Loaded into a server that is measured: what is asked of it over IPC, it answers with what it finds. */
import { Session } from 'node:inspector/promises';
import { setTimeout } from 'node:timers/promises';

const profiler = new Session();

const answers = {
  async memory() {
    // More than once: what is freed by finalizers, and code that is given up as old, goes only with a later one.
    for (let i = 0; i < 4; i++) {
      globalThis.gc();
      await setTimeout(20);
    }
    return process.memoryUsage();
  },
  async profile() {
    profiler.connect();
    await profiler.post('Profiler.enable');
    await profiler.post('Profiler.start');
  },
  async profiled() {
    const { profile } = await profiler.post('Profiler.stop');
    profiler.disconnect();
    return profile;
  },
};

process.on('message', async (question) => {
  process.send({ answer: await answers[question]() });
});
process.channel?.unref();
