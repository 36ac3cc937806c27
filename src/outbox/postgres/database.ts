import { randomInt } from 'node:crypto';
import { type ClientBase, Pool, type PoolClient } from 'pg';
import { StorageError } from '../storage.error.js';
import type { StoreRole } from '../store.js';
import { applySettings, clientConfig } from './connection-settings.js';
import { SELECT_VERSION } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { faultOfStatement } from './postgres-fault.js';
import type { ClockReading } from './server-clock.js';
import type { Session } from './session.js';
import { begin, commit, giveUp, notStored } from './transaction.js';

/** Connections of one process; a command needs few. */
const POOL_SIZE: Readonly<Record<StoreRole, number>> = { owner: 10, guest: 3 };

/** How often work is repeated after it collided with another transaction. */
const TRIES = 3;

/**
 * After a failed attempt to connect, calls are refused at once for this long: nobody waits in vain for an unreachable
 * server.
 */
const REST_MS = 250;

const WRITERS = { other: 0, append: 1, claim: 2, settle: 3, confirm: 4 } as const;

/** This many processes have rows of their own in the tally; further processes share them. */
const TALLY_SHARDS = 16;

/** How one kind of work is done. */
export interface TransactOptions {
  /** SQL of locks, taken before the work's time is read. */
  readonly locks?: readonly (string | null)[];
  /** Each kind of work has a row of its own in the tally, so that it does not wait for the commits of other kinds. */
  readonly kind?: keyof typeof WRITERS;
  /** Where repeating it does no harm, an unknown commit is reported as one that was not stored. */
  readonly mayRepeat?: boolean;
}

/** The connections to a database, and transactions over them. */
export class Database {
  private readonly pool: Pool;
  private readonly failure = Promise.withResolvers<Error>();
  private readonly underWay = new Set<Promise<unknown>>();
  private readonly shard = randomInt(TALLY_SHARDS);
  private isClosed = false;
  private restUntil = 0;

  constructor(databaseUrl: string, role: StoreRole) {
    this.pool = new Pool({
      ...clientConfig(databaseUrl, role),
      max: POOL_SIZE[role],
      pipeline: true,
      allowExitOnIdle: true,
      onConnect: (client) => this.welcome(client),
    });
    // An idle connection that breaks is replaced when one is needed.
    this.pool.on('error', () => {});
  }

  /** See `Store.failed`. */
  get failed(): Promise<Error> {
    return this.failure.promise;
  }

  /**
   * Runs `work` in one transaction; durable when it resolves. Rejects with `StorageError`: `storage-not-stored` where
   * nothing happened, `storage-unknown` where the connection was lost while it committed.
   */
  transact<T>(work: (session: Session) => Promise<T>, options: TransactOptions = {}): Promise<T> {
    return this.enter(() => this.transactWithin(work, options));
  }

  /** Counts `work` as under way, so that closing waits for it, even if it takes many transactions. */
  async enter<T>(work: () => Promise<T>): Promise<T> {
    if (this.isClosed) throw new StorageError('storage-closed', 'the store is closed');
    const promise = work();
    this.underWay.add(promise);
    try {
      return await promise;
    } finally {
      this.underWay.delete(promise);
    }
  }

  /** Like `transact`, for work that is counted already. */
  async transactWithin<T>(work: (session: Session) => Promise<T>, options: TransactOptions = {}): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.transactOnce(work, options);
      } catch (error) {
        const mayTryAgain = error instanceof StorageError && faultOfStatement(error.cause) === 'again';
        if (!mayTryAgain || tries === TRIES) throw error;
      }
    }
  }

  /** Notifies those who listen; outside of any transaction. */
  async notify(channel: string, payload: string): Promise<void> {
    await this.outsideTransaction((client) => client.query('SELECT pg_notify($1, $2)', [channel, payload]));
  }

  /** Reads the server's clock once, on an existing connection. */
  readClock(): Promise<ClockReading> {
    return this.outsideTransaction(async (client) => {
      const askedAtMs = performance.now();
      const { rows } = await client.query<{ now: number }>('SELECT gateway_now() AS now');
      return { serverMs: rows[0]?.now ?? Number.NaN, askedAtMs, answeredAtMs: performance.now() };
    });
  }

  /** Finishes everything that was asked for, then closes the connections. May be called again. */
  async close(): Promise<void> {
    const isFirst = !this.isClosed;
    this.isClosed = true;
    await Promise.allSettled(this.underWay);
    if (isFirst) await this.pool.end();
  }

  private outsideTransaction<T>(ask: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.enter(async () => {
      const client = await this.connect();
      try {
        const answer = await ask(client);
        client.release();
        return answer;
      } catch (error) {
        client.release(true);
        throw notStored(error);
      }
    });
  }

  private async transactOnce<T>(work: (session: Session) => Promise<T>, options: TransactOptions): Promise<T> {
    const client = await this.connect();
    let value: T;
    try {
      const session = await begin(client, options.locks ?? []);
      value = await work(session);
      await session.tally.write((sql, ...values) => session.change(sql, ...values), this.writerOf(options));
    } catch (error) {
      await giveUp(client, error);
      throw notStored(error);
    }
    await commit(client, options.mayRepeat ? 'storage-not-stored' : 'storage-unknown');
    return value;
  }

  private writerOf({ kind = 'other' }: TransactOptions): number {
    return this.shard * Object.keys(WRITERS).length + WRITERS[kind];
  }

  private async connect(): Promise<PoolClient> {
    if (performance.now() < this.restUntil) throw notStored(new Error('the database is away'));
    try {
      return await this.pool.connect();
    } catch (error) {
      this.restUntil = performance.now() + REST_MS;
      throw notStored(error);
    }
  }

  /** For every new connection: the address may lead to another server than before. */
  private async welcome(client: ClientBase): Promise<void> {
    // If a connection breaks between two statements, the next one reports it; without a listener, the error would end
    // the process.
    client.on('error', () => {});
    await applySettings(client);
    const { rows } = await client.query<{ version: number }>(SELECT_VERSION);
    const version = rows[0]?.version;
    if (version === MIGRATIONS.length) return;
    const error = new StorageError(
      'storage-unknown',
      `the database has schema version ${String(version)} now, not ${MIGRATIONS.length}: it was replaced or migrated`,
    );
    this.failure.resolve(error);
    throw error;
  }
}
