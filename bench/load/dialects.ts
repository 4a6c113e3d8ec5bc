import { clientFrame, TEXT } from './frames.ts';

/** How one talks to a server: the same requests and the same payload, wrapped as it wants them. */
export interface Dialect {
  /** Path and query of the upgrade. */
  path(name: string): string;
  /** Sent as soon as the upgrade is granted. */
  readonly hello: Buffer | undefined;
  /** How many bytes before the name of a frame's type. */
  readonly typeAt: number;
  request(frame: ClientRequest): Buffer;
  /** The answer to a frame that asks for one of its own accord. */
  reply(bytes: Buffer, start: number, end: number): Buffer | undefined;
}

export type ClientRequest = { type: string } & Record<string, string | boolean>;

/** One JSON object a text frame, its type first. */
export const json: Dialect = {
  path: (name) => `/ws/chat?name=${name}`,
  hello: undefined,
  typeAt: '{"type":"'.length,
  request: (frame) => textFrame(JSON.stringify(frame)),
  reply: () => undefined,
};

/** Engine.IO 4 with Socket.IO 5 in it. */
export const socketIo: Dialect = {
  path: (name) => `/socket.io/?EIO=4&transport=websocket&name=${name}`,
  hello: textFrame('40'),
  typeAt: '42["'.length,
  request: ({ type, ...fields }) => textFrame(`42${JSON.stringify([type, fields])}`),
  reply: (bytes, start, end) => (end - start === 1 && bytes[start] === PING ? PONG : undefined),
};

const PING = '2'.charCodeAt(0);
const PONG = textFrame('3');

function textFrame(text: string): Buffer {
  return clientFrame(TEXT, Buffer.from(text));
}
