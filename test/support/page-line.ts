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

/** A page's line to the server, that a test can cut at both ends. */
export interface CutLine {
  server: WebSocketRoute;
  cut(): void;
}

/**
 * Passes on by hand what the page says: what is on its way when the line is cut would meet a closed one, of which
 * the console complains.
 */
export function connectThrough(socket: WebSocketRoute): CutLine {
  const server = socket.connectToServer();
  let isUp = true;
  socket.onMessage((data) => {
    if (isUp) server.send(data);
  });
  return {
    server,
    cut() {
      isUp = false;
      socket.close({ code: 1001, reason: 'cut' });
      server.close();
    },
  };
}
