import type { Socket } from 'node:net';
import type { HttpLimits } from './http-limits.js';

export type LingerLimits = Pick<HttpLimits, 'lingerTimeout' | 'requestTimeout'>;

/** The connections of one server whose last answer is written, and whose clients may still be sending. */
export class LingeringConnections {
  private readonly sockets = new Set<Socket>();

  constructor(private readonly limits: LingerLimits) {}

  /**
   * Ends a connection whose last answer is written, and drops what the client still sends: left unread it would cause a
   * reset, and a reset could cost the client its answer. The connection is closed when the client closes its side, when
   * nothing came for `lingerTimeout`, and in any case when the rest has taken as long as a whole request may. Asked
   * again it does nothing: Node asks with every further chunk of what it cannot parse.
   */
  linger(socket: Socket): void {
    if (socket.destroyed || this.sockets.has(socket)) return;
    this.sockets.add(socket);
    const late = setTimeout(() => socket.destroy(), this.limits.requestTimeout);
    socket.once('close', () => {
      clearTimeout(late);
      this.sockets.delete(socket);
    });
    socket.setTimeout(this.limits.lingerTimeout, () => socket.destroy());
    socket.resume();
    socket.end();
  }

  /** Closes all of them at once: a server that stops knows nothing of those that left HTTP, and would wait for them. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
