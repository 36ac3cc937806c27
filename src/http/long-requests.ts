import type { Socket } from 'node:net';

const LONG = new WeakSet<Socket>();

/**
 * Lets the current request of a connection take longer than `requestTimeout`, until the function it returns is called:
 * for streams, whose handler checks their pace itself.
 */
export function letTakeLong(socket: Socket): () => void {
  LONG.add(socket);
  return () => LONG.delete(socket);
}

export function mayTakeLong(socket: Socket): boolean {
  return LONG.has(socket);
}
