import type { Socket } from 'node:net';
import type { HttpLimits } from './http-limits.js';

export type LingerLimits = Pick<HttpLimits, 'lingerTimeout' | 'requestTimeout'>;

/**
 * Ends a connection whose last answer is written, and drops what still comes, for unread it would be a reset, and a reset
 * could cost the client its answer. Closed for good as the client closes its side, when nothing has come from it for
 * `lingerTimeout`, and in any case when the rest has taken as long as a whole request may.
 */
export function linger(socket: Socket, { lingerTimeout, requestTimeout }: LingerLimits): void {
  const late = setTimeout(() => socket.destroy(), requestTimeout);
  socket.once('close', () => clearTimeout(late));
  socket.setTimeout(lingerTimeout, () => socket.destroy());
  socket.resume();
  socket.end();
}
