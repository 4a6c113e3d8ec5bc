import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpuProfile, flame } from '../report/flame.ts';

/** Where profiles go, and as part of which scenario; set by the command line, nowhere else. */
export const profiling: { folder: string | undefined; scenario: string } = {
  folder: undefined,
  scenario: '',
};

/** Writes a profile for Chrome's DevTools, and a flame graph of it. */
export function keepProfile(server: string, profile: CpuProfile): void {
  if (!profiling.folder) return;
  mkdirSync(profiling.folder, { recursive: true });
  const title = `${profiling.scenario}, ${server}`;
  const path = join(profiling.folder, title.replaceAll(/[^a-zA-Z0-9.]+/g, '-').toLowerCase());
  writeFileSync(`${path}.cpuprofile`, JSON.stringify(profile));
  writeFileSync(`${path}.flame.svg`, flame(profile, title));
}
