// @ts-check
import { currentPart } from './test/mutation/parts.mjs';

/** One part of the mutants, see docs/TESTING.md: `npm run test:mutation` runs all. */
const { name, mutate, tests } = currentPart();

// Nothing but what the tests do with it happens in a process: what has not come by then does not come.
process.env.TEST_PATIENCE_MS = '1500';

export default {
  mutate,
  testRunner: 'in-one-process',
  tests,
  plugins: ['./test/mutation/runner.mjs'],
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `.stryker/${name}.json`,
  tempDirName: '.stryker/tmp',
  ignorePatterns: ['bench', 'docs/images', '.stryker'],
  // Stryker rewrites it by TypeScript's API, which TypeScript 7 does not have; nothing in a sandbox reads it.
  tsconfigFile: 'none',
  disableTypeChecks: false,
  concurrency: 2,
  maxTestRunnerReuse: 150,
  // Generous, for the same reason as in the runner.
  timeoutMS: 20_000,
  timeoutFactor: 1.5,
  dryRunTimeoutMinutes: 20,
  reporters: ['progress-append-only', 'html'],
  htmlReporter: { fileName: `.stryker/${name}.html` },
  warnings: { slow: false, unknownOptions: false },
};
