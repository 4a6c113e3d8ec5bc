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

it('has the lines of its level and above, with when and what, and nothing of the process', () => {
  const lines: string[] = [];
  const log = createLogger('warn', { write: (line) => lines.push(line) });
  log.info('not worth it');
  log.warn({ path: '/' }, 'a warning');
  log.error('an error');
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { level: 'warn', time, path: '/', msg: 'a warning' },
    { level: 'error', time, msg: 'an error' },
  ]);
});
