import { createWebSocketReceiver } from '@statelyai/inspect';
import { expect } from 'vitest';
import type { OfficialFrame } from '../../src/inspect/wire.ts';
import type { TestServer } from '../support/server.ts';

/** What a viewer knows of the system by the official package's receiver, unpatched. */
export class OfficialViewer {
  readonly frames: OfficialFrame[] = [];
  /** The living actors, by session id. */
  readonly living = new Map<string, { name: string; value: unknown }>();
  readonly violations: string[] = [];

  constructor(server: TestServer) {
    const url = `${server.url.replace('http', 'ws')}/ws/inspect`;
    createWebSocketReceiver({ server: url }).subscribe((frame) => this.#take(frame as OfficialFrame));
  }

  /** The states of the living, by name. */
  get states(): Record<string, unknown> {
    return Object.fromEntries([...this.living.values()].map(({ name, value }) => [name, value]));
  }

  sees(states: Record<string, unknown>): Promise<void> {
    return expect.poll(() => this.states, { timeout: 10_000, interval: 10 }).toEqual(states);
  }

  sent(type: string): OfficialFrame[] {
    return this.frames.filter((frame) => frame.type === '@xstate.event' && frame.event.type === type);
  }

  /** The name of an actor that lives. */
  nameOf(sessionId: string | undefined): string | undefined {
    return this.living.get(sessionId ?? '')?.name;
  }

  #take(frame: OfficialFrame): void {
    this.frames.push(frame);
    const { sessionId } = frame;
    if (frame.type === '@xstate.actor') {
      this.living.set(sessionId, { name: frame.name, value: frame.snapshot.value });
      return;
    }
    const known = this.living.get(sessionId);
    if (!known) this.violations.push(`${frame.type} of ${sessionId}, which was not introduced`);
    if (frame.type !== '@xstate.snapshot' || !known) return;
    if (frame.snapshot.status === 'active') known.value = frame.snapshot.value;
    else this.living.delete(sessionId);
  }
}
