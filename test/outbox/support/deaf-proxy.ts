import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';

/** A way to a PostgreSQL server that loses the answer to a COMMIT when it was told to. */
export interface DeafProxy {
  readonly port: number;
  /** The next COMMIT reaches the server, but its answer, and the connection, are lost. */
  deafen(): void;
  close(): Promise<void>;
}

export async function deafProxy(serverPort: number): Promise<DeafProxy> {
  const sockets = new Set<Socket>();
  let isDeaf = false;
  const door = createServer((near) => {
    const far = createConnection(serverPort, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    far.on('data', (chunk) => near.write(chunk));
    far.on('close', () => near.destroy());
    near.on('close', () => far.end());
    near.on('data', (chunk) => {
      far.write(chunk);
      if (!isDeaf || !chunk.includes('COMMIT')) return;
      isDeaf = false;
      near.destroy();
    });
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    port: (door.address() as AddressInfo).port,
    deafen: () => {
      isDeaf = true;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      door.close();
      await once(door, 'close');
    },
  };
}
