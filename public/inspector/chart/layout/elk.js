// @ts-check

/** @import { ELK, ElkNode } from 'elkjs' */

/** Served out of the installed package. Relative to the page: the server may stand under a path. */
const MODULE = new URL('vendor/elk.js', document.baseURI).href;
const WORKER = new URL('vendor/elk-worker.js', document.baseURI).href;

/** Milliseconds. A machine as large as we draw takes one or two seconds; whatever takes longer never ends. */
const PATIENCE = 20_000;

/**
 * @typedef {object} Running
 * @property {ELK} elk
 * @property {Promise<never>} failure rejects when the worker is no more
 * @property {(reason: string) => void} end
 */

/** @type {Promise<Running> | undefined} */
let running;

/**
 * Finds places for the boxes and ways for the arrows, in a worker: elk is large, and slow with large graphs. It is
 * fetched when the first chart is wanted.
 * @param {ElkNode} graph
 * @returns {Promise<ElkNode>}
 * @throws Error when elk cannot be had, does not take the graph, or finds no end
 */
export async function layOut(graph) {
  running ??= start();
  const { elk, failure, end } = await running.catch((error) => {
    running = undefined;
    throw error;
  });
  // It cannot be told to stop, and what comes after would wait for it.
  const timer = setTimeout(() => end('elk finds no end'), PATIENCE);
  try {
    return await Promise.race([elk.layout(graph), failure]);
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {Promise<Running>} */
async function start() {
  /** @type {typeof import('elkjs')} */
  const { default: Elk } = await import(MODULE);
  const mine = running;
  const worker = new Worker(/** @type {string} */ (trusted()));
  /** @type {(error: Error) => void} */
  let fail = () => {};
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    fail = reject;
  });
  // Those who wait for a layout hear of it; when nobody does, it is no matter.
  failure.catch(() => {});
  /** @param {string} reason */
  const end = (reason) => {
    worker.terminate();
    if (running === mine) running = undefined;
    fail(new Error(reason));
  };
  // elk's own side of the worker does not listen for this: a layout would be awaited forever.
  worker.addEventListener('error', () => end('The worker of elk failed'));
  return { elk: new Elk({ workerFactory: () => worker }), failure, end };
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
