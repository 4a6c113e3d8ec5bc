/**
 * A client that sends a `ping` every 5 ms and notes how long each `pong` takes, until it is told to end; and how much of
 * that the server was not waiting for a processor, which others on the machine had.
 */
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';

const EVERY_MS = 5;
const [port, pid] = process.argv.slice(2);
const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/chat?name=prober`);
/** By when it was sent: how long the server had waited for a processor by then. */
const sent = new Map();
const waits = [];
let timer;

socket.on('message', (data) => {
  if (!data.includes('"type":"pong"')) return;
  const { ts } = JSON.parse(data.toString());
  const wall = performance.now() - ts;
  waits.push({ wall, own: Math.max(0, wall - (queued() - sent.get(ts))) });
  sent.delete(ts);
});
socket.on('open', () => {
  timer = setInterval(ask, EVERY_MS);
  process.send('ready');
});
process.on('message', () => {
  clearInterval(timer);
  process.send(waits, () => process.exit());
});
process.on('disconnect', () => process.exit());

function ask() {
  const ts = performance.now();
  sent.set(ts, queued());
  socket.send(JSON.stringify({ type: 'ping', ts }));
}

/** Milliseconds that the server's main thread, which does all but files and DNS, was ready and had no processor. */
function queued() {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1]) / 1e6;
}
