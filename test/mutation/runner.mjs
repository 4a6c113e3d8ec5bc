// @ts-check
/**
 * What Stryker tries mutants with: the tests of Vitest, in this one process. Vitest itself takes a second of a processor
 * to begin, ten times what most mutants need to be found. See docs/TESTING.md.
 */
import { resolve } from 'node:path';
import { getFn, setFn, startTests } from '@vitest/runner';
import { whenIdleFor } from '../support/patience.mjs';
import { bundled } from './bundle.mjs';

/**
 * What the instrumented code goes by and writes into.
 * @typedef {{
 *   activeMutant?: string | undefined,
 *   hitCount?: number,
 *   hitLimit?: number | undefined,
 *   currentTestId?: string | undefined,
 *   mutantCoverage?: object,
 * }} Instrumentation
 * @typedef {{ id: string, name: string, fileName: string, timeSpentMs: number, status: number, failureMessage?: string }}
 *   Result
 */

const SUCCESS = 0;
const FAILED = 1;
const SKIPPED = 2;

/** @type {Instrumentation} */
const instrumentation = {};
Object.defineProperty(globalThis, '__stryker__', { value: instrumentation });

class Runner {
  static inject = /** @type {const} */ (['options']);

  #paths;
  /** @type {Awaited<ReturnType<typeof bundled>>} */
  #load = () => ({});

  /** @param {{ tests: string[] }} options */
  constructor({ tests }) {
    this.#paths = tests;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    pretendToBeVitest();
    // What a mutant has left behind must neither end the process nor count against the next.
    process.on('uncaughtException', () => {});
    process.on('unhandledRejection', () => {});
    this.#load = await bundled(this.#paths);
  }

  async dryRun() {
    const tests = await this.#run(undefined, false);
    return { status: 'complete', tests, mutantCoverage: instrumentation.mutantCoverage };
  }

  /**
   * @param {{
   *   activeMutant: { id: string },
   *   testFilter?: string[],
   *   hitLimit?: number,
   *   disableBail: boolean,
   * }} options
   */
  async mutantRun({ activeMutant, testFilter, hitLimit = Number.POSITIVE_INFINITY, disableBail }) {
    Object.assign(instrumentation, { activeMutant: activeMutant.id, hitLimit, hitCount: 0 });
    const results = await this.#run(testFilter && new Set(testFilter), !disableBail);
    if ((instrumentation.hitCount ?? 0) > hitLimit) return { status: 'timeout', reason: 'it runs too often' };
    const nrOfTests = results.filter(({ status }) => status !== SKIPPED).length;
    const failed = results.filter(({ status }) => status === FAILED);
    if (failed.length === 0) return { status: 'survived', nrOfTests };
    const killedBy = failed.map(({ id }) => id);
    return { status: 'killed', killedBy, failureMessage: failed[0]?.failureMessage, nrOfTests };
  }

  /**
   * @param {Set<string> | undefined} wanted ids of tests; all when undefined
   * @param {boolean} bail whether to end with the first that fails
   */
  async #run(wanted, bail) {
    // The server's modules and the tests, anew: a mutant may well be in what runs on loading.
    const world = this.#load();
    // What runs on loading is in all there is, and the first talk with the server tells; what is in some tests only
    // is best told by those of just that.
    const paths = wanted
      ? this.#paths
      : this.#paths.toSorted((a, b) => Number(isTalk(b)) - Number(isTalk(a)));
    /** @type {Result[]} */
    const results = [];
    for (const path of paths) {
      if (wanted && ![...wanted].some((id) => id.startsWith(`${path}#`))) continue;
      instrumentation.currentTestId = undefined;
      results.push(...(await runFile(path, () => world[path]?.(), wanted, bail)));
      if (bail && results.some(({ status }) => status === FAILED)) break;
    }
    return results;
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-one-process', injectableClass: Runner }];

/**
 * @param {string} path
 * @param {() => unknown} load
 * @param {Set<string> | undefined} wanted
 * @param {boolean} bail
 * @returns {Promise<Result[]>}
 */
async function runFile(path, load, wanted, bail) {
  let hasFailed = false;
  const [file] = await startTests([resolve(path)], {
    pool: 'forks',
    config: CONFIG,
    importFile: load,
    onCollected(files) {
      for (const test of files.flatMap(testsIn))
        if (test.type === 'test') setFn(test, impatient(getFn(test)));
    },
    onBeforeRunTask(test) {
      if ((bail && hasFailed) || (wanted && !wanted.has(idOf(path, test)))) test.mode = 'skip';
      // It stays until the next begins: what a server does while it goes down is due to its test too.
      else instrumentation.currentTestId = idOf(path, test);
    },
    onAfterRunTask(test) {
      hasFailed ||= test.result?.state === 'fail';
    },
  });
  const found = file ? testsIn(file) : [];
  // One that cannot even be loaded has no tests.
  const tests = found.length === 0 && file ? [file] : found;
  return tests.map((test) => ({
    id: idOf(path, test),
    name: idOf(path, test),
    fileName: resolve(path),
    timeSpentMs: test.result?.duration ?? 0,
    ...outcomeOf(test),
  }));
}

/** A test of which nothing is going on any more fails, long before its time is over. */
const IDLE_MAX_MS = 5_000;

/**
 * @param {() => unknown} run
 * @returns {() => Promise<void>}
 */
function impatient(run) {
  return async () => {
    /** @type {() => void} */
    let forgive = () => {};
    const idle = new Promise((_, reject) => {
      forgive = whenIdleFor(IDLE_MAX_MS, () => reject(new Error('nothing is going on')));
    });
    try {
      await Promise.race([run(), idle]);
    } finally {
      forgive();
    }
  };
}

/** @param {string} path */
function isTalk(path) {
  return path.startsWith('test/contract/');
}

/** @typedef {import('@vitest/runner').Task} Task */

/** @type {import('@vitest/runner').VitestRunner['config']} */
const CONFIG = {
  root: process.cwd(),
  name: undefined,
  setupFiles: [],
  passWithNoTests: false,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { seed: 0, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  // A machine that is busy must not make mutants look found.
  testTimeout: 90_000,
  hookTimeout: 90_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
};

/** @param {Task} test */
function outcomeOf({ result }) {
  if (result?.state === 'pass') return { status: SUCCESS };
  if (result?.state !== 'fail') return { status: SKIPPED };
  return { status: FAILED, failureMessage: String(result.errors?.[0]?.message).slice(0, 500) };
}

/**
 * @param {string} path
 * @param {Task} test
 */
function idOf(path, test) {
  const names = [];
  for (let task = test; !('filepath' in task); task = task.suite ?? task.file) names.unshift(task.name);
  return `${path}#${names.join(' > ')}`;
}

/**
 * @param {import('@vitest/runner').Suite} suite
 * @returns {Task[]}
 */
function testsIn({ tasks }) {
  return tasks.flatMap((task) => (task.type === 'suite' ? testsIn(task) : [task]));
}

/** What `expect` of Vitest asks of the worker that it takes itself to be in. */
function pretendToBeVitest() {
  const config = { expect: {}, snapshotOptions: { expand: false } };
  Object.defineProperty(globalThis, '__vitest_worker__', {
    value: { config, environment: { name: 'node' } },
  });
}
