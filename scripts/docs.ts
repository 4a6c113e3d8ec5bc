import { existsSync, writeFileSync } from 'node:fs';
import { locate, outputs, readPage } from './docs/outputs.ts';

// Brings the generated files up to date and names those that were not.
for (const [path, make] of Object.entries(outputs)) {
  const text = make();
  if (existsSync(locate(path)) && readPage(path) === text) continue;
  writeFileSync(locate(path), text);
  console.log(`wrote ${path}`);
}
