import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type Config, defaultConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { createServer } from '../../src/server.ts';
import { ChatClient, type ClientOptions, type Query } from './client.ts';
import { EventStream } from './events.ts';
import { PATIENCE_MS } from './patience.mjs';

/** The pages as the built server has them, packed before the tests begin. */
const PACKED = fileURLToPath(new URL('../../dist/public', import.meta.url));
/** The pages' modules as they are, for what looks at some of them alone. */
export const PLAIN = fileURLToPath(new URL('../../public', import.meta.url));

export type ServerOptions = NonNullable<Parameters<typeof createServer>[1]>;

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

/**
 * A server of the test's own, on a free port, gone when the test is over. When it goes, every client of it must
 * have received only what the contract allows, and nobody another's secret. Nor may it have met a bug, not even one
 * that it has recovered from, unless the test looks into the log itself.
 * Rates are practically unlimited unless the test sets them.
 */
export async function startServer(
  changes: Partial<Config> = {},
  options: ServerOptions = {},
): Promise<TestServer> {
  const bugs: string[] = [];
  const logger = createLogger('error', { write: (line) => void bugs.push(line) });
  const server = createServer(
    defaultConfig({ PORT: 0, LOG_LEVEL: 'silent', RATE_BURST: 100_000, ...changes }),
    { logger, publicDir: PACKED, ...options },
  );
  const { url } = await server.listen();
  // Whoever brings machines of their own plants bugs in them.
  const test = new TestServer(url, options.machines ? [] : bugs, () => server.close());
  onTestFinished(() => test.tearDown());
  return test;
}

export class TestServer {
  readonly url: string;
  readonly wsUrl: string;
  readonly #clients: ChatClient[] = [];
  readonly #streams: EventStream[] = [];
  /** As logged. */
  readonly #bugs: readonly string[];
  readonly #close: () => Promise<void>;

  constructor(url: string, bugs: readonly string[], close: () => Promise<void>) {
    this.url = url;
    this.wsUrl = `${url.replace('http', 'ws')}/ws/chat`;
    this.#bugs = bugs;
    this.#close = close;
  }

  /** Opens a connection; nothing has been awaited but the upgrade. */
  connect(query: Query = {}, options: ClientOptions = {}): Promise<ChatClient> {
    return this.start(query, options).opened();
  }

  /** Begins to open a connection. */
  start(query: Query = {}, options: ClientOptions = {}): ChatClient {
    const client = new ChatClient(`${this.wsUrl}${queryString(query)}`, options);
    this.#clients.push(client);
    return client;
  }

  /** A new user, who has been put into general. */
  async user(name?: string): Promise<ChatClient> {
    const client = await this.connect({ name });
    await client.next('connected');
    await client.next('joined', { room: 'general' });
    return client;
  }

  /** Several new users, with what each saw of the others' coming read. */
  async users<N extends string[]>(...names: N): Promise<{ [K in keyof N]: ChatClient }> {
    const clients: ChatClient[] = [];
    for (const name of names) clients.push(await this.user(name));
    for (const client of clients) await client.forget();
    return clients as { [K in keyof N]: ChatClient };
  }

  /** Another connection of a client's session. */
  async resume(client: ChatClient, lastMsgId?: number | string): Promise<ChatClient> {
    const again = await this.connect({ session: client.me.session_id, lastMsgId });
    await again.next('resumed');
    return again;
  }

  async get(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    };
  }

  /** Subscribes, and awaits the first `stats`, so that whatever happens from here on is pushed. */
  async subscribe(query: Query = {}, headers: Record<string, string> = {}): Promise<EventStream> {
    const stream = new EventStream(`${this.url}/events${queryString(query)}`, headers);
    this.#streams.push(stream);
    await stream.next('stats');
    return stream;
  }

  /** Resolves when `watcher` sees the user in general as away. */
  async untilAway(watcher: ChatClient, name: string): Promise<void> {
    await this.untilStatus(watcher, name, 'away');
  }

  async untilStatus(watcher: ChatClient, name: string, status: 'online' | 'away' | 'gone'): Promise<void> {
    const look = async () => {
      const answer = await watcher.ask({ type: 'get_users', room: 'general' });
      if (answer.type !== 'user_list') return answer;
      return answer.users.find((user) => user.name === name)?.status ?? 'gone';
    };
    await expect.poll(look, { timeout: PATIENCE_MS, interval: 10 }).toBe(status);
  }

  close(): Promise<void> {
    return this.#close();
  }

  async tearDown(): Promise<void> {
    for (const client of this.#clients) client.socket.terminate();
    await Promise.all(this.#streams.map((stream) => stream.close()));
    await this.close();
    expect(this.#clients.flatMap((client) => client.violations)).toEqual([]);
    expect(this.#streams.flatMap((stream) => stream.violations)).toEqual([]);
    expect(this.#secretsShown()).toEqual([]);
    expect(this.#bugs).toEqual([]);
  }

  /** Frames and events that show the secret of a session to someone else. */
  #secretsShown(): string[] {
    const owners = this.#clients.map((client) => secretOf(client));
    const secrets = [...new Set(owners.filter((secret) => secret !== undefined))];
    const received = [
      ...this.#clients.map((client, i) => ({ owner: owners[i], json: JSON.stringify(client.frames) })),
      ...this.#streams.map((stream) => ({ owner: undefined, json: JSON.stringify(stream.events) })),
    ];
    return received.flatMap(({ owner, json }) =>
      secrets.filter((secret) => secret !== owner && json.includes(secret)),
    );
  }
}

function secretOf(client: ChatClient): string | undefined {
  const first = client.frames[0];
  return first?.type === 'connected' || first?.type === 'resumed' ? first.session_id : undefined;
}

function queryString(query: Query): string {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? ''
    : `?${new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, String(value)]))}`;
}
