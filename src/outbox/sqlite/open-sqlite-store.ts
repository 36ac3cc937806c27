import type { Clock } from '../../kernel/clock.js';
import type { Store } from '../store.js';
import { freeBytes } from './free-bytes.js';
import type { WriterOptions } from './messages.js';
import { SqliteArchive } from './sqlite-archive.js';
import { SqliteAuditStore } from './sqlite-audit-store.js';
import { SqliteClientStore } from './sqlite-client-store.js';
import { SqliteGateStore } from './sqlite-gate-store.js';
import { SqliteHousekeeping } from './sqlite-housekeeping.js';
import { SqliteOperatorActions } from './sqlite-operator-actions.js';
import { SqliteOutbox } from './sqlite-outbox.js';
import { SqliteReceiptStore } from './sqlite-receipt-store.js';
import { SqliteUserLeases } from './sqlite-user-leases.js';
import { startWriterThread } from './start-writer-thread.js';
import { Writer } from './writer.js';

/** Opens a database file, or one in memory that ends with its store. Rejects with `StoreUnusableError`. */
export async function openSqliteStore(options: WriterOptions, clock: Clock): Promise<Store> {
  const writer = new Writer(await startWriterThread(options), clock);
  return {
    outbox: new SqliteOutbox(writer),
    actions: new SqliteOperatorActions(writer),
    housekeeping: new SqliteHousekeeping(writer),
    gates: new SqliteGateStore(writer),
    clients: new SqliteClientStore(writer),
    audit: new SqliteAuditStore(writer),
    userLeases: new SqliteUserLeases(clock),
    receipts: new SqliteReceiptStore(writer),
    archive: new SqliteArchive(writer),
    clock,
    failed: writer.failed,
    subscribe: () => () => undefined,
    freeBytes: () => freeBytes(options.file),
    close: () => writer.close(),
  };
}
