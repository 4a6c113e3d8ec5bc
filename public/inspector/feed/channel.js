// @ts-check

/** Where chat pages that are inspected speak, and inspectors ask; a BroadcastChannel. */
export const CHANNEL = 'troupe.inspect';

/**
 * What an inspector asks: `who` is answered with the actor's frame, `roll` with a sign of life.
 * @typedef {{ ask: 'who' | 'roll' }} PageQuestion
 * @typedef {{ here: string }} PageSign the `sessionId` of one that lives
 */
