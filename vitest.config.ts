import { defineConfig } from 'vitest/config';

const shared = {
  testTimeout: 15_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    // Much of the time goes by waiting; on two cores vitest alone would take one file after the other.
    maxWorkers: 2,
    // xstate's development build takes an action that sends to another root actor for one that calls `raise`.
    onConsoleLog: (log) => !log.includes('Custom actions should not call'),
    projects: [
      {
        test: {
          ...shared,
          name: 'server',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          setupFiles: ['test/machine-coverage/record.setup.ts'],
          globalSetup: ['test/machine-coverage/judge.global.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          // A page on a busy machine takes its time, as `PATIENCE` of test/support/browser.ts has it.
          expect: { poll: { timeout: 10_000 } },
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/chromium.setup.ts'],
        },
      },
    ],
  },
});
