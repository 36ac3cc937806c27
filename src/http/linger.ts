import type { Duplex } from 'node:stream';

/** Until the client has closed its side: closing ours at once could cost it the answer, waiting for ever a descriptor. */
const LINGER_MS = 1_000;

/** Ends a connection whose last answer is written; what still comes is dropped, for unread it would be a reset. */
export function linger(socket: Duplex): void {
  const late = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(late));
  socket.resume();
  socket.end();
}
