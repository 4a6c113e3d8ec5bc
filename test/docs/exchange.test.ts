import { expect, it } from 'vitest';
import { readPage } from '../../scripts/docs/outputs.ts';
import type { ChatClient } from '../support/client.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { Likeness } from './likeness.ts';

it('goes as docs/PROTOCOL.md shows it', async () => {
  const steps = workedExchange(readPage('docs/PROTOCOL.md'));
  expect(steps.length).toBeGreaterThan(20);
  const server = await startServer();
  const stage = new Stage(server);
  for (const step of steps) await stage.play(step);
  await stage.expectNothingElse();
});

interface Step {
  who: string;
  does: string;
  what: string;
}

function workedExchange(page: string): Step[] {
  const chapter = page.split(/^## /m).find((part) => part.startsWith('A worked exchange')) ?? '';
  const blocks = [...chapter.matchAll(/^```text\n(.*?)^```$/gms)].map(([, block]) => block ?? '');
  return blocks.flatMap((block) => block.trim().split('\n')).map(readStep);
}

function readStep(line: string): Step {
  const [, who, does, what] = /^(\w+) (connects to|→|←|loses|is closed with) (.*)$/.exec(line) ?? [];
  if (!who || !does || !what) throw new Error(`not a line of an exchange: ${line}`);
  return { who, does, what };
}

/** Plays the clients of an exchange and holds what comes against what was written. */
class Stage {
  readonly #server: TestServer;
  readonly #clients = new Map<string, ChatClient>();
  readonly #taken = new Map<ChatClient, number>();
  readonly #likeness = new Likeness();

  constructor(server: TestServer) {
    this.#server = server;
  }

  async play({ who, does, what }: Step): Promise<void> {
    if (does === 'connects to') {
      const query = new URL(this.#likeness.inActual(what), this.#server.url).searchParams;
      this.#clients.set(who, await this.#server.connect(Object.fromEntries(query)));
      return;
    }
    const client = this.#clients.get(who);
    if (!client) throw new Error(`${who} is not connected`);
    if (does === '→') client.send(JSON.parse(this.#likeness.inActual(what)));
    else if (does === '←') this.#likeness.compare(JSON.parse(what), await this.#nextOf(client));
    else if (does === 'loses') await client.drop();
    else {
      const { code, reason } = await client.closed;
      expect(`${code} ${reason}`).toBe(what);
    }
  }

  async expectNothingElse(): Promise<void> {
    for (const [client, taken] of this.#taken) expect(client.frames.slice(taken)).toEqual([]);
    this.#likeness.expectSameOrder();
  }

  async #nextOf(client: ChatClient): Promise<unknown> {
    const taken = this.#taken.get(client) ?? 0;
    await expect.poll(() => client.frames.length, { interval: 5, timeout: 5_000 }).toBeGreaterThan(taken);
    this.#taken.set(client, taken + 1);
    return client.frames[taken];
  }
}
