import WebSocket from 'ws';

/** Users at once; each stays for a few seconds. */
const USERS = 40;
const STEP_MS = 100;

/** Users who come, join and make rooms, talk, type, fall silent and go, always as many. */
export class Churn {
  readonly #url: string;
  readonly #users: WebSocket[] = [];
  came = 0;
  said = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async untilServed(): Promise<void> {
    for (let tries = 0; tries < 200; tries++) {
      const ok = await fetch(`${this.#url}/readyz`).then(
        (response) => response.ok,
        () => false,
      );
      if (ok) return;
      await pause(50);
    }
    throw new Error('the server did not start');
  }

  /** @param ms how long */
  async run(ms: number): Promise<void> {
    for (const until = performance.now() + ms; performance.now() < until; await pause(STEP_MS)) this.#step();
  }

  async end(): Promise<void> {
    for (const user of this.#users) user.terminate();
  }

  #step(): void {
    this.#enter();
    while (this.#users.length > USERS) this.#leave();
    for (const [i, user] of this.#users.entries()) if ((i + this.came) % 8 === 0) this.#act(user);
  }

  #enter(): void {
    const user = new WebSocket(`${this.#url.replace('http', 'ws')}/ws/chat?name=user${this.came % 1_000}`);
    user.on('error', () => {});
    this.#users.push(user);
    this.came += 1;
  }

  /** One in two logs out, one in two is just gone, and is away until its grace is over. */
  #leave(): void {
    const user = this.#users.shift();
    if (this.came % 2 === 0 && user?.readyState === WebSocket.OPEN)
      user.send(JSON.stringify({ type: 'quit' }));
    else user?.terminate();
  }

  #act(user: WebSocket): void {
    if (user.readyState !== WebSocket.OPEN) return;
    const room = `room-${this.said % 20}`;
    const frames = [
      { type: 'join', room },
      { type: 'typing', room: 'general', typing: true },
      { type: 'message', room: 'general', text: `line ${this.said}` },
      { type: 'message', room, text: `line ${this.said} there` },
      { type: 'leave', room },
      { type: 'set_nick', name: `user${this.said % 1_000}x` },
    ];
    for (const frame of frames) user.send(JSON.stringify(frame));
    this.said += 1;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
