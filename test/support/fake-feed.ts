import type { Page, WebSocketRoute } from 'playwright-core';
import type { FeedFrame, Subscription } from '../../src/inspect/wire.ts';

/** A feed that says what the test has it say, in the server's place. */
export class FakeFeed {
  /** What the page has subscribed to, the newest last. */
  readonly subscriptions: Subscription[] = [];
  /** The addresses of all attempts to connect. */
  readonly attempts: string[] = [];
  #socket: WebSocketRoute | undefined;
  #refusal: { status: number; error?: string } | undefined;
  #greeting: FeedFrame[] = [];

  /** Must come before the page is opened. */
  static async lay(page: Page, ...greeting: FeedFrame[]): Promise<FakeFeed> {
    const feed = new FakeFeed();
    feed.#greeting = greeting;
    await page.routeWebSocket(/\/ws\/inspect/, (socket) => feed.#accept(socket));
    await page.route(/\/ws\/inspect/, (route) => {
      const { status, error } = feed.#refusal ?? { status: 426 };
      return route.fulfill({ status, json: { error: error ?? 'Upgrade to a WebSocket' } });
    });
    return feed;
  }

  send(...frames: FeedFrame[]): void {
    for (const frame of frames) this.#socket?.send(JSON.stringify(frame));
  }

  /** From now on connections are refused, and the one there is ends. */
  refuse(status: number, error?: string): void {
    this.#refusal = error === undefined ? { status } : { status, error };
    this.#socket?.close();
  }

  /** Lets connections in again. */
  admit(): void {
    this.#refusal = undefined;
  }

  /** What is said first to whoever connects from now on. */
  greetWith(...greeting: FeedFrame[]): void {
    this.#greeting = greeting;
  }

  #accept(socket: WebSocketRoute): void {
    this.attempts.push(socket.url());
    if (this.#refusal) {
      socket.close();
      return;
    }
    this.#socket = socket;
    socket.onMessage((message) => this.subscriptions.push(JSON.parse(String(message))));
    this.send(...this.#greeting);
  }
}
