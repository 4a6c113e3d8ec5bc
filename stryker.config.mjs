// @ts-check
import { currentPart } from './test/mutation/parts.mjs';

/** One part of the mutants, see docs/TESTING.md: `npm run test:mutation` runs all. */
const { name, mutate, tests } = currentPart();

// Nothing but what the tests do with it happens in a process: what has not come by then does not come.
process.env.TEST_PATIENCE_MS = '1500';

/** All of Stryker's mutators but the one that a choice of ours is made by, see scripts/mutation/choices.ts. */
const NOT_FOR_CHOICES = [
  ...['ArithmeticOperator', 'ArrayDeclaration', 'ArrowFunction', 'AssignmentOperator', 'BlockStatement'],
  ...['ConditionalExpression', 'EqualityOperator', 'LogicalOperator', 'MethodExpression', 'ObjectLiteral'],
  ...['OptionalChaining', 'Regex', 'StringLiteral', 'UnaryOperator', 'UpdateOperator'],
];

export default {
  mutate,
  mutator: { excludedMutations: process.env.MUTATION_OF === 'choices' ? NOT_FOR_CHOICES : [] },
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
