import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { type ServerEvent, type ServerEventType, serverEvents } from '../../src/protocol/server-events.ts';
import { Inbox } from './inbox.ts';

export type ReceivedEvent<T extends ServerEventType = ServerEventType> = Extract<ServerEvent, { type: T }> & {
  id?: string;
};

/** A subscriber to `GET /events`: parses the stream and holds every event against the contract's schemas. */
export class EventStream {
  readonly #inbox = new Inbox<ReceivedEvent>('event');
  readonly #request: ClientRequest;
  readonly response: Promise<IncomingMessage>;
  readonly comments: string[] = [];
  readonly ended: Promise<void>;
  retry: number | undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    const { promise: ended, resolve: end } = deferred();
    this.ended = ended;
    this.#request = get(url, { headers, agent: false });
    this.response = new Promise((resolve, reject) => {
      this.#request.on('response', (response) => {
        this.#read(response);
        resolve(response);
      });
      this.#request.on('error', reject);
    });
    this.response.catch(() => {});
    this.#request.on('close', () => {
      this.#inbox.end('the stream has ended');
      end();
    });
  }

  get events(): readonly ReceivedEvent[] {
    return this.#inbox.all;
  }

  get violations(): readonly string[] {
    return this.#inbox.violations;
  }

  next<T extends ServerEventType>(type: T, data: object = {}): Promise<ReceivedEvent<T>> {
    const test = (event: ReceivedEvent) =>
      event.type === type &&
      Object.entries(data).every(([key, value]) =>
        isDeepStrictEqual(event.data[key as keyof typeof event.data], value),
      );
    return this.#inbox.next({ test, words: `${type} ${JSON.stringify(data)}` }) as Promise<ReceivedEvent<T>>;
  }

  of<T extends ServerEventType>(type: T): ReceivedEvent<T>[] {
    return this.events.filter((event): event is ReceivedEvent<T> => event.type === type);
  }

  async close(): Promise<void> {
    this.#request.destroy();
    await this.ended;
  }

  #read(response: IncomingMessage): void {
    let rest = '';
    response.setEncoding('utf8');
    response.on('error', () => {});
    response.on('data', (chunk: string) => {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.#receive(block);
    });
  }

  #receive(block: string): void {
    const fields: Record<string, string> = {};
    for (const line of block.split('\n')) {
      const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      if (field === '') this.comments.push(value);
      else fields[field] = field === 'data' && 'data' in fields ? `${fields.data}\n${value}` : value;
    }
    if (fields.retry !== undefined) this.retry = Number(fields.retry);
    if (fields.data === undefined) return;
    const schema = serverEvents[fields.event as ServerEventType];
    if (!schema) {
      this.#inbox.violate(`unknown event in ${block}`);
      return;
    }
    const parsed = schema.safeParse(JSON.parse(fields.data));
    if (!parsed.success) {
      this.#inbox.violate(`${parsed.error.message} in ${block}`);
      return;
    }
    const event = {
      type: fields.event,
      data: parsed.data,
      ...(fields.id !== undefined && { id: fields.id }),
    };
    this.#inbox.add(event as ReceivedEvent);
  }
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
