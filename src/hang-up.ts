import type { Duplex } from 'node:stream';

/** How long a peer has to read what it was told last, and to close its side. */
const LAST_WORDS_MS = 2_000;

/** Ends a connection whatever its peer does: one that closes its own side is gone at once, any other soon. */
export function hangUp(socket: Duplex, lastWords = ''): void {
  // What is left unread would make the end a reset, which may overtake the last words.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LAST_WORDS_MS);
  socket.once('close', () => clearTimeout(timer));
  socket.end(lastWords);
}
