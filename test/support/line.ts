import { createServer, connect as dial, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The line between a page and the server, which a test can break and mend. */
export interface Line {
  /** Where the page goes instead of to the server. */
  url: string;
  /** From now on what the server says on the open connections is lost; what the page says still arrives. */
  mute(): void;
  /** Drops every connection without a word, and lets no new one through. */
  cut(): void;
  mend(): void;
}

export async function layLine(serverUrl: string): Promise<Line> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const fromServer = new Set<Socket>();
  let isCut = false;

  const listener = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(Number(port), hostname);
    fromServer.add(far);
    far.once('close', () => fromServer.delete(far));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');

  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    listener.close();
    hangUp();
  });
  return {
    url: `http://127.0.0.1:${address.port}`,
    mute() {
      for (const socket of fromServer) socket.unpipe().resume();
    },
    cut() {
      isCut = true;
      hangUp();
    },
    mend() {
      isCut = false;
    },
  };
}
