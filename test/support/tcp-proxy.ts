import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Which way bytes go: from the one that connected, or back to it. */
export type Direction = 'requests' | 'answers';

/**
 * How a network behaves. `hole`: what is sent in this direction arrives only when the mood has changed, as if a cable
 * were out; `drip`: a few bytes at a time; `refuse`: new connections are reset, standing ones go on.
 */
export type ProxyMood =
  | { readonly kind: 'pass' | 'refuse' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'hole'; readonly direction: Direction | 'both' };

/** Where connections are handed on to, or null while nobody is there. */
export interface ProxyTarget {
  readonly host: string;
  readonly port: number;
}

interface Ambush {
  readonly direction: Direction;
  readonly spring: () => Promise<void>;
}

/** Chunks this early belong to the handshake of TLS or of PostgreSQL, not to a call. */
const HANDSHAKE_CHUNKS = 3;

/** A wire between two processes, which tests can bend. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private changed = Promise.withResolvers<void>();
  private current: ProxyMood = { kind: 'pass' };
  private ambush: Ambush | null = null;

  private constructor(
    private readonly server: Server,
    private readonly target: () => ProxyTarget | null,
  ) {
    server.on('connection', (client) => this.connected(client));
  }

  static async start(
    target: () => ProxyTarget | null,
    listen: { readonly host?: string; readonly port?: number } = {},
  ): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen({ host: listen.host ?? '127.0.0.1', port: listen.port ?? 0 });
    await once(server, 'listening');
    return new TcpProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  get mood(): ProxyMood {
    return this.current;
  }

  set mood(mood: ProxyMood) {
    this.current = mood;
    this.changed.resolve();
    this.changed = Promise.withResolvers();
  }

  /** Resets every connection there is. */
  cutAll(): void {
    for (const socket of this.sockets) reset(socket);
  }

  /** Holds back the next bytes of a call in this direction until `spring` has done its work. */
  onNext(direction: Direction, spring: () => Promise<void>): void {
    this.ambush = { direction, spring };
  }

  /** Lets the bytes of the next call be. */
  forgetNext(): void {
    this.ambush = null;
  }

  async stop(): Promise<void> {
    this.mood = { kind: 'pass' };
    const closed = once(this.server, 'close');
    this.server.close();
    this.cutAll();
    await closed;
  }

  private connected(client: Socket): void {
    const target = this.target();
    this.watch(client);
    if (target === null || this.current.kind === 'refuse') {
      reset(client);
      return;
    }
    const server = connect({ ...target, allowHalfOpen: true, noDelay: true });
    this.watch(server);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    server.on('error', () => reset(client));
    client.on('error', () => reset(server));
    void this.pump(client, server, 'requests');
    void this.pump(server, client, 'answers');
  }

  private watch(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  private async pump(from: Socket, to: Socket, direction: Direction): Promise<void> {
    let chunks = 0;
    try {
      for await (const chunk of from.iterator({ destroyOnReturn: false })) {
        chunks += 1;
        if (chunks > HANDSHAKE_CHUNKS) await this.springAmbush(direction);
        await this.handOn(chunk as Buffer, to, direction);
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  private async springAmbush(direction: Direction): Promise<void> {
    if (this.ambush?.direction !== direction) return;
    const { spring } = this.ambush;
    this.ambush = null;
    await spring();
  }

  private async handOn(chunk: Buffer, to: Socket, direction: Direction): Promise<void> {
    while (
      this.current.kind === 'hole' &&
      (this.current.direction === 'both' || this.current.direction === direction)
    ) {
      await Promise.race([this.changed.promise, once(to, 'close')]);
      if (to.destroyed) return;
    }
    const mood = this.current;
    if (mood.kind === 'slow') await this.pause(mood.delayMs);
    if (mood.kind !== 'drip') return write(to, chunk);
    for (let sent = 0; sent < chunk.length && !to.destroyed; sent += mood.bytes) {
      await write(to, chunk.subarray(sent, sent + mood.bytes));
      if (this.current === mood) await this.pause(mood.everyMs);
    }
  }

  /** Ends early when the mood changes. */
  private async pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    await Promise.race([promise, this.changed.promise]);
    clearTimeout(timer);
  }
}

async function write(to: Socket, chunk: Buffer): Promise<void> {
  if (to.destroyed || to.write(chunk)) return;
  await Promise.race([once(to, 'drain'), once(to, 'close')]);
}

/** A socket that was shut down already cannot be reset any more: libuv would never let it go. */
function reset(socket: Socket): void {
  if (socket.writableEnded || socket.connecting) socket.destroy();
  else socket.resetAndDestroy();
}
