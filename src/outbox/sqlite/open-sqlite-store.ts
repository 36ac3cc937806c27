import type { Clock } from '../../kernel/clock.js';
import type { Store } from '../store.js';
import type { WriterOptions } from './messages.js';
import { SqliteClientStore } from './sqlite-client-store.js';
import { SqliteGateStore } from './sqlite-gate-store.js';
import { SqliteOutbox } from './sqlite-outbox.js';
import { startWriterThread } from './start-writer-thread.js';
import { Writer } from './writer.js';

/** Opens a database file, or one in memory that is gone with its store. Rejects with `StoreUnusableError`. */
export async function openSqliteStore(options: WriterOptions, clock: Clock): Promise<Store> {
  const writer = new Writer(await startWriterThread(options), clock);
  return {
    outbox: new SqliteOutbox(writer),
    gates: new SqliteGateStore(writer),
    clients: new SqliteClientStore(writer),
    failed: writer.failed,
    close: () => writer.close(),
  };
}
