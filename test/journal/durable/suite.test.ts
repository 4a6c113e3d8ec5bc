import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDurableJournal } from '../../../src/journal/durable/journal.ts';
import { describeJournal } from '../suite.ts';

const base = mkdtempSync(join(tmpdir(), 'troupe-'));
afterAll(() => rmSync(base, { recursive: true }));
let directories = 0;

describeJournal(
  'the durable journal',
  () => openDurableJournal({ directory: join(base, String(directories++)), now: Date.now }),
  20,
);
