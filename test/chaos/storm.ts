import { once } from 'node:events';
import WebSocket from 'ws';
import type { ServerFrame } from '../../src/protocol/server-frames.ts';
import { BadLine } from './bad-line.ts';
import { ChaosClient, PORCH, ROOMS } from './client.ts';
import type { HistoryLine, Note, Outcome } from './log.ts';
import { type Life, startLife } from './process.ts';
import { type Random, randomFrom } from './random.ts';

const NAMES = ['Ann', 'Bob', 'Cid', 'Dan', 'Eve', 'Fay'];
/** Milliseconds. */
const LIFE_MAX = 3_000;
const STOP_MAX = 300;
const SETTLE_MAX = 60_000;
/** A life ends after so many acknowledgements at most, so that the kill falls into the work. */
const ACKS_MAX = 120;

export interface StormOptions {
  directory: string;
  kills: number;
  seed: number;
  /** Hears of each kill. */
  progress?: (kill: number, acknowledged: number) => void;
}

/** Clients write through a bad line while the server is killed again and again; then it is calm, and all is looked at. */
export async function storm({ directory, kills, seed, progress }: StormOptions): Promise<Outcome> {
  const random = randomFrom(seed);
  const notes: Note[] = [];
  const line = new BadLine(random);
  const url = await line.listen();
  let life = await startLife(directory);
  line.leadTo(life.url);
  const clients = NAMES.map(
    (name) => new ChaosClient({ name, url, random, notes, others: NAMES.filter((each) => each !== name) }),
  );
  try {
    // Whom one writes to must have been there once; and whose first greeting is lost would come as somebody else.
    await until(() => notes.filter(({ kind }) => kind === 'connected').length === NAMES.length, LIFE_MAX * 5);
    line.worsen();
    for (let kill = 1; kill <= kills; kill++) {
      await work(notes, random);
      await end(life, random);
      line.leadTo(undefined);
      progress?.(kill, acksIn(notes));
      life = await startLife(directory);
      line.leadTo(life.url);
    }
    await work(notes, random);
    line.calm();
    for (const client of clients) client.finish();
    await until(() => clients.every((client) => client.isSettled), SETTLE_MAX);
    // What the last ones wrote may still be on its way to the others.
    for (const client of clients) client.probe();
    await until(() => clients.every((client) => client.isProbed), SETTLE_MAX);
    for (const client of clients) client.leave();
    return await look(life.url, notes, clients);
  } finally {
    for (const client of clients) client.leave();
    line.close();
    life.signal('SIGKILL');
    await life.gone;
  }
}

/** Until some has been acknowledged: how much is drawn anew each time. */
async function work(notes: Note[], random: Random): Promise<void> {
  const goal = acksIn(notes) + Math.floor(random() * ACKS_MAX);
  await until(() => acksIn(notes) >= goal, LIFE_MAX).catch(() => {});
}

async function end(life: Life, random: Random): Promise<void> {
  if (random() < 0.3) {
    life.signal('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, random() * STOP_MAX));
    if (random() < 0.5) life.signal('SIGCONT');
  }
  life.signal('SIGKILL');
  await life.gone;
}

async function look(url: string, notes: Note[], clients: ChaosClient[]): Promise<Outcome> {
  const outcome: Outcome = { notes, histories: {}, rosters: {}, roomsOf: {} };
  for (const room of ROOMS) outcome.histories[room] = await wholeHistory(url, room);
  for (const room of [...ROOMS, PORCH]) outcome.rosters[room] = [];
  const guests = await Promise.all(clients.map((client) => Guest.of(url, client)));
  for (const { name, rooms, ask } of guests) {
    outcome.roomsOf[name] = rooms;
    for (const room of [...ROOMS, PORCH]) {
      const list = await ask(room);
      if (list.length > 0) outcome.rosters[room]?.push({ who: name, members: list });
    }
  }
  for (const guest of guests) guest.leave();
  return outcome;
}

async function wholeHistory(url: string, room: string): Promise<HistoryLine[]> {
  const all: HistoryLine[] = [];
  for (let before = ''; ; before = `&before=${all[0]?.id}`) {
    const answer = await fetch(`${url}/api/room/${room}/history?limit=100${before}`);
    if (!answer.ok) throw new Error(`the history of ${room}: ${answer.status} ${await answer.text()}`);
    const page = (await answer.json()) as HistoryLine[];
    if (page.length === 0) return all;
    all.unshift(...page);
  }
}

/** A client on a good line, asking what it has come to. */
const Guest = {
  async of(url: string, { name, secret, cursor }: ChaosClient) {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/ws/chat?session=${secret}&lastMsgId=${cursor}`,
    );
    const next = async (type: ServerFrame['type']): Promise<ServerFrame> => {
      for (;;) {
        const [data] = await once(socket, 'message');
        const frame = JSON.parse(String(data)) as ServerFrame;
        if (frame.type === type || frame.type === 'error') return frame;
      }
    };
    const resumed = await next('resumed');
    return {
      name,
      rooms: resumed.type === 'resumed' ? resumed.rooms : [],
      async ask(room: string): Promise<string[]> {
        socket.send(JSON.stringify({ type: 'get_users', room }));
        const list = await next('user_list');
        return list.type === 'user_list' ? list.users.map((user) => user.name) : [];
      },
      leave: () => socket.terminate(),
    };
  },
};

function acksIn(notes: Note[]): number {
  return notes.reduce((count, { kind }) => (kind === 'acked' ? count + 1 : count), 0);
}

/** @param within milliseconds */
async function until(isSo: () => boolean, within: number): Promise<void> {
  const end = Date.now() + within;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not within ${within} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
