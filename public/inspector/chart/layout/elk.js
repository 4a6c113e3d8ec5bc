// @ts-check

/** @import { ELK, ElkNode } from 'elkjs' */

/** Served out of the installed package. Relative to this module: the server may stand under a path. */
const MODULE = new URL('../../../vendor/elk.js', import.meta.url).href;
const WORKER = new URL('../../../vendor/elk-worker.js', import.meta.url).href;

/** Milliseconds. A machine as large as we draw takes one or two seconds; whatever takes longer never ends. */
const PATIENCE = 20_000;

/** @type {Promise<{ elk: ELK, failure: Promise<never> }> | undefined} */
let started;

/**
 * Finds places for the boxes and ways for the arrows, in a worker: elk is large, and slow with large graphs. It is
 * fetched when the first chart is wanted.
 * @param {ElkNode} graph
 * @returns {Promise<ElkNode>}
 * @throws Error when elk cannot be had, does not take the graph, or finds no end
 */
export async function layOut(graph) {
  started ??= start();
  const { elk, failure } = await started.catch((error) => {
    started = undefined;
    throw error;
  });
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const timeout = new Promise((_, reject) => {
    timer = setTimeout(() => {
      // It cannot be told to stop, and what comes after would wait for it.
      elk.terminateWorker();
      started = undefined;
      reject(new Error('elk finds no end'));
    }, PATIENCE);
  });
  try {
    return await Promise.race([elk.layout(graph), failure, /** @type {Promise<never>} */ (timeout)]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {NonNullable<typeof started>} */
async function start() {
  /** @type {typeof import('elkjs')} */
  const { default: Elk } = await import(MODULE);
  const worker = new Worker(/** @type {string} */ (trusted()));
  // elk's own side of the worker does not listen for this: a layout would be awaited forever.
  const failure = new Promise((_, reject) => {
    worker.addEventListener('error', () => {
      started = undefined;
      reject(new Error('The worker of elk failed'));
    });
  });
  failure.catch(() => {});
  const elk = new Elk({ workerFactory: () => worker });
  return { elk, failure: /** @type {Promise<never>} */ (failure) };
}

/** Trusted Types want to know who vouches for a worker's address: this policy does, for this one alone. */
const policy = /** @type {TrustedTypes} */ (globalThis).trustedTypes?.createPolicy('elk-worker', {
  createScriptURL: () => WORKER,
});

function trusted() {
  return policy?.createScriptURL('') ?? WORKER;
}

/**
 * Not in every browser, and not yet among the types of the DOM.
 * @typedef {{ trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(): string }): { createScriptURL(url: string): unknown } } }} TrustedTypes
 */
