import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { StoreHint, StoreListener } from '../store.js';
import { takeWork } from './take-work.js';

const CHANNEL = 'gateway';

/** Every NOTIFY takes a lock that all commits of the server share: a kind of hint is sent this often at most. */
const TELL_EVERY_MS = 50;

const FIRST_REST_MS = 200;
const LONGEST_REST_MS = 5_000;

/** A dead idle connection looks like one without news: it is tested this often. */
const ASK_EVERY_MS = 10_000;

export interface HintsOptions {
  /** A connection of its own for listening; null: nobody listens here. */
  readonly connect: (() => Client) | null;
  /** Sends a notification over any connection. */
  readonly tell: (channel: string, payload: string) => Promise<unknown>;
}

/**
 * Tells other processes what changed, and hears it from them, by NOTIFY and LISTEN. Hints only: they are sent after the
 * commit, gathered, and lost while there is no connection. A process that hears one looks for itself, and would do so
 * later without it.
 */
export class Hints {
  private readonly self = randomUUID();
  private readonly listeners = new Set<StoreListener>();
  /** The kinds told just now, and whether they have to be told again. */
  private readonly told = new Map<StoreHint, { isDue: boolean; readonly timer: NodeJS.Timeout }>();
  private client: Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private restMs = FIRST_REST_MS;
  private isClosed = false;

  constructor(private readonly options: HintsOptions) {}

  /** Hears what others tell, from now on; it reconnects by itself. */
  async listen(): Promise<void> {
    const { connect } = this.options;
    if (connect === null || this.isClosed) return;
    const client = connect();
    this.client = client;
    client.on('notification', ({ payload = '' }) => this.hear(payload));
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      // Listening alone keeps no process alive.
      (client as Client & { unref(): void }).unref();
      // This connection also marks a gateway at work: no copy begins meanwhile. During a copy it is refused, and tried
      // again.
      await takeWork(client, false);
      await client.query(`LISTEN ${CHANNEL}`);
      this.restMs = FIRST_REST_MS;
      this.askAgain(client);
    } catch {
      this.reconnect(client);
    }
  }

  subscribe(listener: StoreListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** At most one statement per kind and interval; never waits, never throws. */
  tell(hint: StoreHint): void {
    const told = this.told.get(hint);
    if (told !== undefined) told.isDue = true;
    else if (!this.isClosed) this.tellNow(hint);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const { timer } of this.told.values()) clearTimeout(timer);
    if (this.timer !== null) clearTimeout(this.timer);
    await this.client?.end().catch(() => {
      // It was gone already.
    });
  }

  private tellNow(hint: StoreHint): void {
    const timer = setTimeout(() => {
      const again = this.told.get(hint)?.isDue === true;
      this.told.delete(hint);
      if (again) this.tellNow(hint);
    }, TELL_EVERY_MS);
    this.told.set(hint, { isDue: false, timer: timer.unref() });
    this.options.tell(CHANNEL, `${hint} ${this.self}`).catch(() => {
      // A process that needed the hint looks for itself within the second.
    });
  }

  private hear(payload: string): void {
    const [hint, from] = payload.split(' ');
    if (from !== this.self) this.pass(hint as StoreHint);
  }

  private pass(hint: StoreHint): void {
    for (const listener of this.listeners) listener(hint);
  }

  private askAgain(client: Client): void {
    this.after(ASK_EVERY_MS, async () => {
      await client.query('SELECT 1').then(
        () => this.askAgain(client),
        () => this.reconnect(client),
      );
    });
  }

  private reconnect(client: Client): void {
    if (this.client !== client || this.isClosed) return;
    this.client = null;
    client.end().catch(() => {
      // It was gone already.
    });
    this.after(this.restMs, async () => {
      await this.listen();
      // Hints sent meanwhile were lost.
      for (const hint of ['events', 'gates', 'users'] as const) this.pass(hint);
    });
    this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
  }

  private after(ms: number, ring: () => Promise<void>): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(ring, ms).unref();
  }
}
