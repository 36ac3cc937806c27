import type { Socket } from 'node:net';
import type { HttpLimits } from './http-limits.js';

export type LingerLimits = Pick<HttpLimits, 'lingerTimeout' | 'requestTimeout'>;

/**
 * Ends a connection whose last answer is written, and drops what the client still sends: left unread it would cause a
 * reset, and a reset could cost the client its answer. The connection is closed when the client closes its side, when
 * nothing came for `lingerTimeout`, and in any case when the rest has taken as long as a whole request may.
 */
export function linger(socket: Socket, { lingerTimeout, requestTimeout }: LingerLimits): void {
  const late = setTimeout(() => socket.destroy(), requestTimeout);
  socket.once('close', () => clearTimeout(late));
  socket.setTimeout(lingerTimeout, () => socket.destroy());
  socket.resume();
  socket.end();
}
