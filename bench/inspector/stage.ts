import { once } from 'node:events';
import WebSocket from 'ws';

/** A room of its own, whose members read what the first of them says. */
export class Stage {
  readonly #members: WebSocket[] = [];
  #said = 0;
  #missing = 0;
  #sentAt = 0;
  #latencies: number[] = [];
  #complete = () => {};

  async fill(port: number, size: number): Promise<void> {
    for (let i = 0; i < size; i++) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/chat?name=stage${i}`);
      this.#members.push(socket);
      await once(socket, 'open');
      const joined = new Promise<void>((resolve) => {
        socket.on('message', (data: Buffer) => {
          if (data.includes('"type":"joined","room":"stage"')) resolve();
          else if (data.includes(`"text":"line ${this.#said}"`)) this.#note();
        });
      });
      socket.send(JSON.stringify({ type: 'join', room: 'stage' }));
      await joined;
    }
  }

  /**
   * Says lines, the next when all have read the last.
   * @returns milliseconds that each took to each member
   */
  async play(lines: number): Promise<number[]> {
    this.#latencies = [];
    for (let i = 0; i < lines; i++) {
      this.#said += 1;
      this.#missing = this.#members.length;
      const complete = new Promise<void>((resolve) => {
        this.#complete = resolve;
      });
      this.#sentAt = performance.now();
      this.#members[0]?.send(JSON.stringify({ type: 'message', room: 'stage', text: `line ${this.#said}` }));
      await complete;
    }
    return this.#latencies;
  }

  clear(): void {
    for (const socket of this.#members) socket.terminate();
  }

  #note(): void {
    this.#latencies.push(performance.now() - this.#sentAt);
    this.#missing -= 1;
    if (this.#missing === 0) this.#complete();
  }
}
