import type { Socket } from 'node:net';

/** Until the client has closed its side: closing ours at once could cost it the answer, waiting for ever a descriptor. */
const LINGER_MS = 1_000;

/** Ends a connection whose last answer is written; what still comes must be taken by somebody, else it is a reset. */
export function linger(socket: Socket): void {
  const late = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(late));
  socket.end();
}
