import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ChatClient } from '../support/client.ts';
import { EventStream } from '../support/events.ts';
import { ServerProcess } from './process.ts';

const LIMIT_MS = 5_000;

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'on %s closes every socket with 1001, ends the event streams and exits with 0',
    async (signal) => {
      const server = new ServerProcess('node');
      const { ann, ben, stream } = await visitors(server);
      const asked = Date.now();
      server.signal(signal);
      expect((await ann.closed).code).toBe(1001);
      expect((await ben.closed).code).toBe(1001);
      await stream.ended;
      const { code, at } = await server.exited;
      expect(code).toBe(0);
      expect(at - asked).toBeLessThan(LIMIT_MS);
      expect(server.lines.filter((line) => line.level === 'error' || line.level === 'fatal')).toEqual([]);
      expect(server.stderr).toBe('');
    },
  );

  it('takes no new connections once it has been told', async () => {
    const server = new ServerProcess('node');
    const url = await server.url();
    const { ann } = await visitors(server);
    server.signal('SIGTERM');
    await ann.closed;
    await server.line((line) => line.msg === 'stopping');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    expect(await server.exited).toMatchObject({ code: 0 });
  });

  it('waits for nobody who does not answer the goodbye', async () => {
    const server = new ServerProcess('node');
    const { ann, ben, stream } = await visitors(server);
    ann.socket.pause();
    const idle = await halfARequest(await server.url());
    const asked = Date.now();
    server.signal('SIGTERM');
    const { code, at } = await server.exited;
    expect([code, (await ben.closed).code]).toEqual([0, 1001]);
    expect(at - asked).toBeLessThan(LIMIT_MS);
    await stream.ended;
    ann.socket.terminate();
    idle.destroy();
  });

  it('counts a repeat within a second as the first signal', async () => {
    const server = new ServerProcess('node');
    const { ann } = await visitors(server);
    server.signal('SIGINT');
    server.signal('SIGINT');
    server.signal('SIGTERM');
    expect((await ann.closed).code).toBe(1001);
    expect(await server.exited).toMatchObject({ code: 0 });
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('exits at once on a second %s more than a second later', async (signal, code) => {
    const server = new ServerProcess('node');
    const { ann } = await visitors(server);
    // Who does not answer the goodbye keeps the server waiting for longer than a second.
    ann.socket.pause();
    server.signal('SIGTERM');
    const stopping = await server.line((line) => line.msg === 'stopping');
    const again = Date.parse(String(stopping.time)) + 1_100;
    await expect.poll(() => Date.now(), { timeout: 2_000, interval: 20 }).toBeGreaterThan(again);
    server.signal(signal);
    // A stop that had been waited for would have ended with 0.
    expect((await server.exited).code).toBe(code);
    ann.socket.terminate();
  });
});

describe('an error that nothing has caught', () => {
  it.each([
    ['thrown', 'throw new Error("planted")', 'uncaught exception'],
    ['rejected', 'Promise.reject(new Error("planted"))', 'unhandled rejection'],
  ])('that is %s is logged, and ends the process with a code that says so', async (_, statement, words) => {
    const onSignal = `process.on('SIGUSR2', () => { ${statement} })`;
    const server = new ServerProcess('node', {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(onSignal)}`,
    });
    const { ann } = await visitors(server);
    server.signal('SIGUSR2');
    expect((await ann.closed).code).toBe(1001);
    expect((await server.exited).code).toBe(1);
    const fatal = server.lines.filter((line) => line.level === 'fatal');
    expect(fatal).toMatchObject([{ msg: words, err: { message: 'planted' } }]);
  });
});

describe('a server that cannot close', () => {
  const stuck = `const { Server } = await import('node:http'); Server.prototype.close = function () { return this; };`;
  const onSignal = `process.on('SIGUSR2', () => { throw new Error('planted'); });`;
  const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(stuck + onSignal)}`;

  it.each([
    ['4.5 s when it is told to stop', 'SIGTERM', 4_500],
    ['a second after a crash', 'SIGUSR2', 1_000],
  ] as const)('ends with 1 after %s', async (_, signal, within) => {
    const server = new ServerProcess('node', { NODE_OPTIONS });
    await server.url();
    const asked = Date.now();
    server.signal(signal);
    const { code, at } = await server.exited;
    expect(code).toBe(1);
    expect(at - asked).toBeGreaterThan(within - 100);
    expect(at - asked).toBeLessThan(within + 2_500);
    expect(server.lines.at(-1)).toMatchObject({ level: 'error', msg: `could not close within ${within} ms` });
  });
});

describe('stopping through npm start', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends in the proper way when npm alone gets %s', async (signal) => {
    const server = new ServerProcess('npm');
    const { ann, stream } = await visitors(server);
    const asked = Date.now();
    server.signal(signal);
    expect((await ann.closed).code).toBe(1001);
    await stream.ended;
    // npm's output closes only when the server, which writes to it, has gone too.
    const { at } = await server.exited;
    expect(at - asked).toBeLessThan(LIMIT_MS);
    expect(server.lines.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends in the proper way when the whole group gets %s',
    async (signal) => {
      const server = new ServerProcess('npm');
      const { ann, stream } = await visitors(server);
      const asked = Date.now();
      server.signalGroup(signal);
      expect((await ann.closed).code).toBe(1001);
      await stream.ended;
      const { at } = await server.exited;
      expect(at - asked).toBeLessThan(LIMIT_MS);
      expect(server.lines.at(-1)).toMatchObject({ msg: 'stopped' });
    },
  );
});

/** Two people in general and a subscriber to the events. */
async function visitors(server: ServerProcess) {
  const url = await server.url();
  const ws = `${url.replace('http', 'ws')}/ws/chat`;
  const [ann, ben] = [new ChatClient(`${ws}?name=Ann`), new ChatClient(`${ws}?name=Ben`)];
  await Promise.all([ann.next('joined'), ben.next('joined')]);
  const stream = new EventStream(`${url}/events`);
  await stream.next('stats');
  return { ann, ben, stream };
}

async function halfARequest(url: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write('GET /api/rooms HTTP/1.1\r\nHost: x\r\n');
  return socket;
}
