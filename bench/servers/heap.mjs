/** Loaded into a server that is measured: tells its memory, with all garbage collected, when asked over IPC. */
process.on('message', () => {
  globalThis.gc();
  process.send(process.memoryUsage());
});
process.channel?.unref();
