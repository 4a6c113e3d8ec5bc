import { once } from 'node:events';
import WebSocket from 'ws';

/**
 * A viewer of the inspector's feed that reads all it gets.
 * @param subscription what it asks for; without one it is as the official receiver, and gets everything
 * @returns ends it
 */
export async function watch(port: number, subscription?: object): Promise<() => void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/inspect${subscription ? '?list' : ''}`);
  await once(socket, 'open');
  const shown = new Promise<void>((resolve) => {
    // The names stand near the beginning; the frames are not parsed, since this process drives the load as well.
    socket.on('message', (data: Buffer) => {
      if (data.includes('"type":"@xstate.actor"') && data.includes('"name":"room:general"')) resolve();
    });
  });
  if (subscription) socket.send(JSON.stringify(subscription));
  await shown;
  return () => socket.terminate();
}
