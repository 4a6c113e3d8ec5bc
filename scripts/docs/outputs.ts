import { readFileSync } from 'node:fs';
import { settingsMarkdown } from '../../src/config.ts';
import { asyncapiDocument } from '../../src/protocol/documents/asyncapi.ts';
import { openapiDocument } from '../../src/protocol/documents/openapi.ts';
import { version } from '../../src/version.ts';
import { machinesMarkdown } from './machines.ts';
import { fillMarkers } from './markers.ts';
import { modelDrawings } from './models.ts';
import { protocolTables } from './tables.ts';

/** The generated files as they ought to be, by their paths from the root of the project. */
export const outputs: Record<string, () => string> = {
  'docs/asyncapi.json': () => json(asyncapiDocument(version)),
  'docs/openapi.json': () => json(openapiDocument(version)),
  'docs/machines.md': machinesMarkdown,
  'docs/TESTING.md': () =>
    fillMarkers('docs/TESTING.md', readPage('docs/TESTING.md'), 'models', modelDrawings()),
  'docs/PROTOCOL.md': () =>
    Object.entries(protocolTables).reduce(
      (page, [name, table]) => fillMarkers('docs/PROTOCOL.md', page, name, table()),
      readPage('docs/PROTOCOL.md'),
    ),
  'README.md': () => fillMarkers('README.md', readPage('README.md'), 'settings', settingsMarkdown()),
};

/** A file of the project as it is. */
export function readPage(path: string): string {
  return readFileSync(locate(path), 'utf8');
}

export function locate(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
