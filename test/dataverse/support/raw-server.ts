import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';

/** A TCP server that speaks no TLS; what it does with a connection is the test's affair. */
export class RawServer {
  connections = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: net.Server;

  private constructor(onConnection: (socket: Socket) => void) {
    this.server = net.createServer((socket) => {
      this.connections += 1;
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.sockets.delete(socket));
      onConnection(socket);
    });
  }

  static async start(onConnection: (socket: Socket) => void): Promise<RawServer> {
    const server = new RawServer(onConnection);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://localhost:${this.port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/** A port nobody listens on. */
export async function refusingPort(): Promise<number> {
  const server = await RawServer.start(() => undefined);
  const { port } = server;
  await server.stop();
  return port;
}

/** A proxy that tunnels what it is asked to, and remembers to where. */
export async function startProxy(): Promise<{ readonly server: RawServer; readonly tunnels: string[] }> {
  const tunnels: string[] = [];
  const server = await RawServer.start((socket) => {
    socket.once('data', (head) => {
      const [, target = ''] = /^CONNECT (\S+) /.exec(head.toString('latin1')) ?? [];
      tunnels.push(target);
      const [host = '', port = ''] = target.split(':');
      const onward = net.connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
      socket.on('close', () => onward.destroy());
    });
  });
  return { server, tunnels };
}
