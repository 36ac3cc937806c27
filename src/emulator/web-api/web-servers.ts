import { createHash } from 'node:crypto';

/** The web servers behind the one address. The affinity cookie pins a client to one; others are spread. */
export class WebServers {
  readonly #cookies: readonly string[];
  readonly #ofConnection = new WeakMap<object, number>();
  #next = 0;

  constructor(
    count: number,
    private readonly balancing: 'per-request' | 'per-connection',
  ) {
    this.#cookies = Array.from({ length: count }, (_, index) =>
      createHash('sha256').update(`web server ${index}`).digest('hex'),
    );
  }

  /** Which server a request meets. */
  choose(cookie: string | undefined, connection: object): number {
    const affinity = cookie === undefined ? null : /(?:^|;\s*)ARRAffinity=([0-9a-f]+)/.exec(cookie)?.[1];
    const pinned = this.#cookies.indexOf(affinity ?? '');
    if (pinned >= 0) return pinned;
    if (this.balancing === 'per-request') return this.#turn();
    const known = this.#ofConnection.get(connection) ?? this.#turn();
    this.#ofConnection.set(connection, known);
    return known;
  }

  /** The `Set-Cookie` by which a client may come back to the same server. */
  cookie(server: number): string {
    return `ARRAffinity=${this.#cookies[server]};Path=/;HttpOnly;Secure`;
  }

  #turn(): number {
    const server = this.#next;
    this.#next = (this.#next + 1) % this.#cookies.length;
    return server;
  }
}
