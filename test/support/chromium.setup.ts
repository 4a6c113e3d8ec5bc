import { ensureChromium } from './chromium.ts';

/** Runs once before all tests, so that no test's time limit has to hold an installation. */
export default async function setup(): Promise<void> {
  await ensureChromium();
}
