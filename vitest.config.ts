import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/chromium.setup.ts'],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // xstate's development build takes an action that sends to another root actor for one that calls `raise`.
    onConsoleLog: (log) => !log.includes('Custom actions should not call'),
  },
});
