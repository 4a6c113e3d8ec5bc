import { expect, it } from 'vitest';
import { createLogger } from '../src/log.ts';

it('shows nothing that is private, whoever logs it by mistake', () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => lines.push(line) });
  for (const key of ['session_id', 'secret', 'text', 'cookie', 'authorization']) {
    log.info({ [key]: 'very-private' }, 'a line');
    log.info({ frame: { [key]: 'very-private' } }, 'a line');
  }
  expect(lines).toHaveLength(10);
  expect(lines.join('')).not.toContain('very-private');
});
