import type { Page, WebSocketRoute } from 'playwright-core';

/** Keeps the first frame of a kind, and those after it, from the page until they are released. */
export async function holdBack(page: Page, type: string): Promise<{ release(): void }> {
  const held: { socket: WebSocketRoute; data: string | Buffer }[] = [];
  let isReleased = false;
  await page.routeWebSocket(/\/ws\/chat/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((data) => {
      const isWanted = (JSON.parse(String(data)) as { type: string }).type === type;
      if (isReleased || (held.length === 0 && !isWanted)) socket.send(data);
      else held.push({ socket, data });
    });
  });
  return {
    release() {
      isReleased = true;
      for (const { socket, data } of held) socket.send(data);
    },
  };
}
