import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Clock } from '../actors/clock.ts';
import { Asker, type Connection } from '../actors/connection.ts';
import type { Admission } from '../actors/directory.ts';
import type { SessionRequest } from '../actors/session/events.ts';
import { toRequest } from '../actors/session/requests.ts';
import { type CloseReason, closeCodes } from '../protocol/close-codes.ts';
import { type Decoded, isHeartbeat } from '../protocol/decode.ts';
import type { EncodedFrame } from '../protocol/encode.ts';
import { mistake } from '../protocol/errors.ts';
import { type ClientSocket, type Listener, listen } from './client-socket.ts';
import { type HeldFrame, HeldFrames } from './held-frames.ts';
import { tailToWire, toWire } from './wire.ts';
import { Writer } from './writer.ts';

/** What all connections of a server have in common. */
export interface ConnectionParts {
  clock: Clock;
  decode: (json: string) => Decoded;
  /** Runs what can wait a moment, in order. */
  later: (run: () => void) => void;
  maxQueueBytes: number;
  log: Logger;
  /** Told when a connection has closed, behind what tells its session. */
  gone: (connection: ClientConnection, code: number) => void;
}

/** One WebSocket: frames become events for the session, and what comes back becomes bytes. */
export class ClientConnection implements Connection, Listener {
  readonly pageTag: string | undefined;
  readonly #ws: ClientSocket;
  readonly #socket: Duplex;
  readonly #parts: ConnectionParts;
  readonly #writer: Writer;
  /** Private, so that nothing that prints a connection shows it. */
  readonly #secret: string;
  #admission: Admission | undefined;
  #held: HeldFrames | undefined;
  #isClosed = false;
  /** Whoever logs out has nothing more to say. */
  #isLeaving = false;
  /** Until the first answer nothing is read: what a client sends before it is handled after it. */
  #isGreeted = false;
  /** Milliseconds since the epoch. */
  #heardAt: number;

  constructor(ws: ClientSocket, socket: Duplex, parts: ConnectionParts, secret: string, pageTag?: string) {
    this.#ws = ws;
    ws.listener = this;
    this.#socket = socket;
    this.#parts = parts;
    this.#secret = secret;
    this.pageTag = pageTag;
    this.#heardAt = parts.clock.now();
    this.#writer = new Writer(socket, parts.maxQueueBytes);
  }

  get secret(): string {
    return this.#secret;
  }

  /** The public id of whose it is. */
  get user(): string | undefined {
    return this.#admission?.record.id;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get #isOver(): boolean {
    return this.#isClosed || this.#isLeaving;
  }

  /** Nothing may come before the first answer. */
  get isGreeted(): boolean {
    return this.#isGreeted;
  }

  get heardAt(): number {
    return this.#heardAt;
  }

  /** Begins to listen; what has come already is read once the client is greeted. */
  serve(admission: Admission): void {
    this.#admission = admission;
    listen(this.#ws);
    this.#ws.pause();
    // Who has to wait for the greeting is told meanwhile that they are connected.
    if (!this.#isGreeted) this.#writer.flushSoon();
  }

  send(frame: EncodedFrame): void {
    if (this.#isClosed) return;
    if (!this.#writer.push(toWire(frame), tailToWire(frame))) this.close('slowReader');
  }

  answer(frame: EncodedFrame): void {
    if (this.#isClosed) return;
    this.#writer.pushAnswer(toWire(frame), tailToWire(frame));
    if (this.#isGreeted) return;
    this.#isGreeted = true;
    this.#readOn();
  }

  /** Not at once: the join that goes with the greeting comes before whatever the client asks for. */
  #readOn(): void {
    setImmediate(() => this.#ws.resume());
  }

  /** What was sent before still goes out, except to a reader who does not take it. */
  close(reason: CloseReason): void {
    if (this.#isClosed) return;
    const ws = this.#ws;
    if (reason !== 'slowReader' && ws.readyState === ws.OPEN) this.#writer.flush();
    const { code, reason: words } = closeCodes[reason];
    this.#parts.log.debug({ code, user: this.user }, `closing: ${words}`);
    ws.close(code, words);
    this.lose();
  }

  terminate(): void {
    this.#ws.terminate();
  }

  receive(body: Buffer, isBinary: boolean): void {
    this.hear();
    if (this.#isOver) return;
    if (this.#held?.isEmpty === false || this.#writer.isCongested) this.#hold({ body, isBinary });
    else this.#handle({ body, isBinary });
  }

  /** Few ever come here: the others are spared the place for it. */
  #hold(frame: HeldFrame): void {
    this.#held ??= new HeldFrames(this.#ws, this.#socket, this.#writer, (held) => this.#handle(held));
    this.#held.add(frame);
  }

  #handle({ body, isBinary }: HeldFrame): void {
    if (this.#isOver) return;
    const asker = new Asker(this);
    try {
      if (isBinary) this.#dispatch(NOT_TEXT);
      else this.#dispatch(this.#parts.decode(body.toString()));
    } catch (error) {
      this.#parts.log.error({ err: error, user: this.user }, 'a frame met a bug');
      asker.refuse(mistake('internal'));
    }
  }

  #dispatch(decoded: Decoded): void {
    const { record } = this.#admission as Admission;
    const asker = new Asker(this, decoded.ref);
    const frame = decoded.ok ? decoded.frame : undefined;
    if (frame && isHeartbeat(frame)) {
      const { type, ts = this.#parts.clock.now() / 1000 } = frame;
      if (type === 'ping') asker.answer({ type: 'pong', ts });
      return;
    }
    const type = decoded.ok ? decoded.frame.type : decoded.type;
    const verdict = (type === 'typing' ? record.typingFrames : record.frames).spend();
    if (verdict.kind === 'flood') this.close('flood');
    else if (verdict.kind === 'refused') asker.refuse(verdict.mistake);
    else if (!decoded.ok) asker.refuse(decoded.mistake);
    else if (frame) this.#pass(toRequest(frame, asker));
  }

  /** An end takes the work of several messages; when a whole room goes at once, others are not to wait for all of it. */
  #pass(request: SessionRequest): void {
    const { session } = this.#admission as Admission;
    if (request.type === 'session.quit') {
      this.#isLeaving = true;
      this.#parts.later(() => session.send(request));
    } else {
      session.send(request);
    }
  }

  answerPing(body: Buffer): void {
    this.hear();
    // Pongs bypass the writer; one who pings without reading must not fill the memory with them.
    if (!this.#isClosed && !this.#writer.isCongested) this.#ws.pong(body);
  }

  hear(): void {
    this.#heardAt = this.#parts.clock.now();
  }

  end(code: number): void {
    this.lose();
    this.#parts.gone(this, code);
  }

  fail(error: Error): void {
    this.#parts.log.debug({ err: error, user: this.user }, 'connection failed');
    this.lose();
  }

  /** It has closed, or is given up. */
  lose(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#writer.stop();
    this.#held?.clear();
    // It may be paused for requests that are held: the peer's answer to the close frame must get through.
    this.#ws.resume();
    const session = this.#admission?.session;
    if (session) this.#parts.later(() => session.send({ type: 'connection.lost', connection: this }));
  }
}

const NOT_TEXT: Decoded = {
  ok: false,
  mistake: mistake('bad_frame', 'binary frames are not understood'),
  ref: undefined,
  type: undefined,
};
