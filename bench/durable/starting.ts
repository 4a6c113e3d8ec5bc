import { openDurableJournal } from '../../src/journal/durable/journal.ts';
import type { Journal, JournalRecord } from '../../src/journal/journal.ts';
import { median } from '../report/quantiles.ts';
import { cpuMicroseconds } from '../servers/cpu.ts';
import { keepingIn, temporaryDirectory } from '../servers/keeping.ts';
import { start } from '../servers/start.ts';

const ROOMS = 1_000;
const USERS = 100;
const STARTS = 5;

/**
 * How long the server takes to start, and how much memory it has then, with little and with much on the disk.
 * @param entries in all, in a thousand rooms
 * @returns a Markdown table: medians over some starts
 */
export async function measureStart(entries: number): Promise<string> {
  const rows: string[] = [];
  for (const count of [ROOMS, entries]) {
    const directory = temporaryDirectory();
    await fill(directory, count);
    rows.push(await row(directory, count));
  }
  const head = `| entries in ${ROOMS.toLocaleString('en')} rooms | ready ms | CPU ms | resident MiB | target |`;
  return [head, '| --: | --: | --: | --: | --: |', ...rows].join('\n');
}

async function row(directory: string, count: number): Promise<string> {
  const figures: { ready: number; cpu: number; memory: number }[] = [];
  for (let i = 0; i < STARTS; i++) {
    const begun = performance.now();
    const server = await start(keepingIn(directory));
    const ready = performance.now() - begun;
    try {
      const cpu = cpuMicroseconds(server.pid) / 1_000;
      const stats = await (await fetch(`http://127.0.0.1:${server.port}/api/stats`)).json();
      const { memory_bytes, rooms_count } = stats as Record<'memory_bytes' | 'rooms_count', number>;
      if (rooms_count < ROOMS) throw new Error(`${rooms_count} rooms came back`);
      figures.push({ ready, cpu, memory: memory_bytes / 2 ** 20 });
    } finally {
      await server.stop();
    }
  }
  const of = (key: 'ready' | 'cpu' | 'memory') => median(figures.map((each) => each[key])).toFixed(0);
  return `| ${count.toLocaleString('en')} | ${of('ready')} | ${of('cpu')} | ${of('memory')} | < 2,000 ms |`;
}

async function fill(directory: string, count: number): Promise<void> {
  const journal = openDurableJournal({ directory, now: Date.now });
  journal.recovered();
  for (let room = 0; room < ROOMS; room++) {
    const user = { id: `u${room % USERS}`, name: `User${room % USERS}` };
    const records: JournalRecord[] = [
      ...(room < USERS ? [{ kind: 'session.begun' as const, user, digest: `digest ${room}` }] : []),
      { kind: 'room.created', room: `room${room}`, by: user },
      { kind: 'member.joined', room: `room${room}`, user },
      ...Array.from({ length: count / ROOMS }, (_, i) => ({
        kind: 'entry' as const,
        room: `room${room}`,
        type: 'message' as const,
        from: user.name,
        text: `a message of about the usual length, the one with number ${i}`,
      })),
    ];
    await Promise.all(records.map((record) => commit(journal, record)));
  }
  await journal.close();
}

function commit(journal: Journal, record: JournalRecord): Promise<void> {
  return new Promise((resolve, reject) => {
    journal.append(record, (outcome) => (outcome.ok ? resolve() : reject(outcome.error)));
  });
}
