import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** These do little but wait, for up to a minute; begun last, they would be waited for by everything. */
const WAITING = /slow-readers|slow-requests|lingering-peers|stalled-readers|fuzz\/sequences|chaos\/chaos/;

class LongestWaitFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isWaiting = ({ moduleId }: TestSpecification) => WAITING.test(moduleId);
    return [...sorted.filter(isWaiting), ...sorted.filter((file) => !isWaiting(file))];
  }
}

const shared = {
  // No test leaves anything behind in a module; to load all modules anew for every file took a third of the time.
  isolate: false,
  // Only what fails takes so long: a machine with ten times as much to do as it has cores is ten times slower.
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // Much of the time goes by waiting: twice as many as there are cores on a small machine.
    maxWorkers: 4,
    sequence: { sequencer: LongestWaitFirst },
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
          globalSetup: ['test/support/pages.setup.ts', 'test/machine-coverage/judge.global.ts'],
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          // A page on a busy machine takes its time, as test/support/patience.ts has it.
          expect: { poll: { timeout: 30_000 } },
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/pages.setup.ts', 'test/support/chromium.setup.ts'],
        },
      },
    ],
  },
});
