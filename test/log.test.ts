import { expect, it } from 'vitest';
import { roomMachine } from '../src/actors/room/machine.ts';
import { createLogger } from '../src/log.ts';
import { startServer } from './support/server.ts';

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

it('names the actor that has crashed, on which event, and the error', async () => {
  const lines: string[] = [];
  const logger = createLogger('error', { write: (line) => lines.push(line) });
  const faulty = roomMachine.provide({
    actions: {
      showTyping: () => {
        throw new Error('planted');
      },
    },
  });
  const server = await startServer({}, { machines: { room: faulty }, logger });
  const [ann] = await server.users('Ann');
  ann.send({ type: 'typing', room: 'general', typing: true });
  await expect.poll(() => lines.length).toBeGreaterThan(0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'error',
    actor: 'room:general',
    event: 'typing.set',
    err: { message: 'planted' },
    msg: 'room:general crashed on typing.set',
  });
});
