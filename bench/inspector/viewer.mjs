/**
 * A viewer of the inspector's feed, as a process of its own: for each line `list` or `all` that it reads it comes,
 * writes the milliseconds until it had the whole list, or every actor, and goes.
 */
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';

const [port, actors] = process.argv.slice(2).map(Number);

for await (const what of createInterface({ input: process.stdin })) {
  console.log(await visit(what));
}

function visit(what) {
  const begun = performance.now();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/inspect${what === 'list' ? '?list' : ''}`);
  let shown = 0;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data) => {
      const isActor = data.includes('"type":"@xstate.actor"');
      const frame = isActor ? undefined : JSON.parse(data.toString());
      if (isActor) shown += 1;
      if (frame?.type === '@troupe.list') shown += frame.rows.length;
      if (shown < actors) return;
      socket.removeAllListeners('close').terminate();
      resolve(performance.now() - begun);
    });
  });
}
