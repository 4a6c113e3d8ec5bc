import type { CloseReason } from '../protocol/close-codes.ts';
import type { EncodedFrame } from '../protocol/encode.ts';
import { encode } from '../protocol/encode.ts';
import type { Mistake } from '../protocol/errors.ts';
import type { AnswerFrame, ServerFrame } from '../protocol/server-frames.ts';

/** What actors know of a client's connection; the transport implements it. */
export interface Connection {
  /** The secret under which the client is to come back; private, so that no snapshot or log shows it. */
  readonly secret: string;
  readonly isClosed: boolean;
  /** By which a chat page that is inspected as well is told from others; nothing depends on it. */
  readonly pageTag?: string | undefined;
  /** Queues a frame that the client did not ask for. A reader too slow for these is closed. */
  send(frame: EncodedFrame): void;
  /** Queues a frame that the client asked for; its size never counts against the reader. */
  answer(frame: EncodedFrame): void;
  close(reason: CloseReason): void;
}

/** The one connection, out of a session's several, that a request came in on, and the `ref` it came with. */
export class Asker {
  readonly connection: Connection;
  readonly ref: string | undefined;

  constructor(connection: Connection, ref?: string) {
    this.connection = connection;
    this.ref = ref;
  }

  answer(frame: AnswerFrame): void {
    this.connection.answer(encode(this.ref === undefined ? frame : { ...frame, ref: this.ref }));
  }

  refuse({ message, code, retryAfter }: Mistake): void {
    const frame: ServerFrame = { type: 'error', message, code };
    if (retryAfter !== undefined) frame.retry_after = retryAfter;
    this.answer(frame);
  }
}
