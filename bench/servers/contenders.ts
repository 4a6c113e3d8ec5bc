import { fileURLToPath } from 'node:url';
import { type Dialect, json, socketIo } from '../load/dialects.ts';

/** A server that is measured: what to run, as a process of its own, and how one talks to it. */
export interface Contender {
  readonly name: string;
  readonly script: string;
  readonly env: Record<string, string>;
  readonly dialect: Dialect;
}

export const ours: Contender = {
  name: 'troupe',
  script: path('../../dist/main.js'),
  env: { RATE_PER_SECOND: '0', LOG_LEVEL: 'silent', MAX_ROOMS: '20000', DATA_DIR: ':memory:' },
  dialect: json,
};

export const bareWs: Contender = {
  name: 'bare ws',
  script: path('peers/bare-ws.mjs'),
  env: {},
  dialect: json,
};

export const roomsWs: Contender = { ...bareWs, name: 'ws with rooms', script: path('peers/rooms-ws.mjs') };

export const socketIoServer: Contender = {
  name: 'Socket.IO',
  script: path('peers/socket-io.mjs'),
  env: {},
  dialect: socketIo,
};

/** It tells all who are there of one who comes, and hands them the list, as this server does. */
export const socketIoTelling: Contender = {
  ...socketIoServer,
  name: 'Socket.IO that tells',
  env: { TELLING: '1' },
};

export function withSettings(contender: Contender, env: Record<string, string>): Contender {
  return { ...contender, env: { ...contender.env, ...env } };
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
