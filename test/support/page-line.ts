import type { Page, WebSocketRoute } from 'playwright-core';

/** A page's way to the server, which can be cut and mended. */
export interface PageLine {
  /** Closes what is open, and whatever is opened from now on. */
  cut(): void;
  mend(): void;
}

/** Must come before the page opens its first WebSocket. */
export async function layPageLine(page: Page): Promise<PageLine> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/ws\/chat/, (socket) => {
    if (isCut) {
      socket.close();
      return;
    }
    socket.connectToServer();
    open.add(socket);
  });
  return {
    cut() {
      isCut = true;
      for (const socket of open) socket.close();
      open.clear();
    },
    mend() {
      isCut = false;
    },
  };
}
