import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** The TCP sockets below the TLS ones: only they can send a reset in place of an orderly end. */
export class RawSockets {
  readonly #byPeer = new Map<string, Socket>();

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      const peer = peerOf(socket);
      this.#byPeer.set(peer, socket);
      socket.once('close', () => this.#byPeer.delete(peer));
    });
  }

  /** Resets the connection that a request came on. */
  reset(tlsSocket: Socket): void {
    const socket = this.#byPeer.get(peerOf(tlsSocket));
    if (socket === undefined) tlsSocket.destroy();
    else socket.resetAndDestroy();
  }
}

function peerOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
