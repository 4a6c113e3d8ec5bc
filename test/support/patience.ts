/**
 * Milliseconds that anything may take to come. A machine that is busy with other things is slow, and whoever waits
 * in vain fails all the same: only a failure costs so much.
 */
export const PATIENCE_MS = 20_000;
