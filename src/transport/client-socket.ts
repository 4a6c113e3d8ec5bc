import { WebSocket } from 'ws';

/** Whoever is told of what happens to a socket. */
export interface Listener {
  receive(body: Buffer, isBinary: boolean): void;
  answerPing(body: Buffer): void;
  /** A sign of life. */
  hear(): void;
  fail(error: Error): void;
  end(code: number): void;
}

/** A WebSocket that leads to who listens to it, so that its listeners can be the same functions for all. */
export class ClientSocket extends WebSocket {
  /** Given before it is listened to. */
  listener!: Listener;
}

export function listen(ws: ClientSocket): void {
  ws.on('message', onMessage);
  ws.on('ping', onPing);
  ws.on('pong', onPong);
  ws.on('error', onError);
  ws.on('close', onClose);
}

function onMessage(this: WebSocket, body: Buffer, isBinary: boolean): void {
  listenerOf(this).receive(body, isBinary);
}

function onPing(this: WebSocket, body: Buffer): void {
  listenerOf(this).answerPing(body);
}

function onPong(this: WebSocket): void {
  listenerOf(this).hear();
}

function onError(this: WebSocket, error: Error): void {
  listenerOf(this).fail(error);
}

function onClose(this: WebSocket, code: number): void {
  listenerOf(this).end(code);
}

function listenerOf(ws: WebSocket): Listener {
  return (ws as ClientSocket).listener;
}
