import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NewestFile, readNewest } from '../../../src/journal/durable/newest.ts';
import { temporaryDirectory } from '../../support/data-directory.ts';

it('is read as it was written last, however long its parts are', () => {
  const path = join(temporaryDirectory(), 'newest');
  const file = new NewestFile(path);
  for (const id of [...Array(300).keys(), Number.MAX_SAFE_INTEGER, 1]) {
    file.write(id);
    expect(readNewest(path)).toBe(id);
    expect(readFileSync(path, 'latin1')).toMatch(/^\d{16} [\da-f]{8}\n$/);
  }
  file.close();
  const again = new NewestFile(path);
  expect(readNewest(path)).toBe(1);
  again.close();
});
