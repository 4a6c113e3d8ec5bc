import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
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

it('is read as earlier versions wrote it', () => {
  const path = join(temporaryDirectory(), 'newest');
  const digits = '1700000000000042';
  writeFileSync(path, `${digits} ${crc32(digits).toString(16).padStart(8, '0')}\n`);
  expect(readNewest(path)).toBe(1_700_000_000_000_042);
});
