/** A client that sends a `ping` every 5 ms and notes how long each `pong` takes, until it is told to end. */
import { WebSocket } from 'ws';

const EVERY_MS = 5;
const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/ws/chat?name=prober`);
const waits = [];
let timer;

socket.on('message', (data) => {
  if (!data.includes('"type":"pong"')) return;
  waits.push(performance.now() - JSON.parse(data.toString()).ts);
});
socket.on('open', () => {
  timer = setInterval(() => socket.send(JSON.stringify({ type: 'ping', ts: performance.now() })), EVERY_MS);
  process.send('ready');
});
process.on('message', () => {
  clearInterval(timer);
  process.send(waits, () => process.exit());
});
process.on('disconnect', () => process.exit());
