import WebSocket from 'ws';
import { median } from '../report/quantiles.ts';
import { ours } from '../servers/contenders.ts';
import { keeping } from '../servers/keeping.ts';
import { start } from '../servers/start.ts';

const SENDERS = 50;
/** Milliseconds that are measured, and that go before. */
const MEASURED = 3_000;
const WARMUP = 1_500;

/**
 * How many messages a second are acknowledged to fifty senders, each of whom waits for one before sending the next:
 * in a room for all, and in a room for each.
 * @returns a Markdown table: medians over the rounds
 */
export async function measureAcks(rounds: number): Promise<string> {
  const rows: string[] = [];
  for (const where of ['one room', 'a room each'] as const) {
    const rates: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const [i, contender] of [keeping(), ours].entries()) {
        const server = await start(contender);
        try {
          rates[i as 0 | 1].push(await rateOf(server.port, where));
        } finally {
          await server.stop();
        }
      }
    }
    const [disk, memory] = rates.map(median) as [number, number];
    const cells = [disk, memory].map((rate) => Math.round(rate).toLocaleString('en'));
    rows.push(`| ${where} | ${cells.join(' | ')} | ${(disk / memory).toFixed(2)}× | ≥ 5,000 or 0.50× |`);
  }
  const head = `| ${SENDERS} senders in | acks/s on the disk | acks/s in memory | ratio | target |`;
  return [head, '| --- | --: | --: | --: | --: |', ...rows].join('\n');
}

async function rateOf(port: number, where: 'one room' | 'a room each'): Promise<number> {
  let acks = 0;
  const sockets = Array.from({ length: SENDERS }, (_, i) => {
    const room = where === 'one room' ? 'general' : `room${i}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/chat?name=Sender${i}`);
    let count = 0;
    const send = (frame: object) => socket.send(JSON.stringify(frame));
    const say = () => send({ type: 'message', room, text: `message ${++count} of ${i}`, ref: String(count) });
    socket.on('message', (data) => {
      const text = String(data);
      if (text.startsWith('{"type":"ack"')) {
        acks += 1;
        say();
      } else if (text.startsWith('{"type":"joined"')) {
        const joined = (JSON.parse(text) as { room: string }).room;
        if (joined === room) say();
        else send({ type: 'join', room });
      }
    });
    return socket;
  });
  await pause(WARMUP);
  const [before, begun] = [acks, performance.now()];
  await pause(MEASURED);
  const rate = ((acks - before) / (performance.now() - begun)) * 1_000;
  for (const socket of sockets) socket.terminate();
  if (rate === 0) throw new Error('nothing was acknowledged');
  return rate;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
