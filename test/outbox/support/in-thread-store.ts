import type { Clock } from '../../../src/kernel/clock.js';
import { openDatabase } from '../../../src/outbox/sqlite/open-database.js';
import { runGroup } from '../../../src/outbox/sqlite/run-group.js';
import { SqliteArchive } from '../../../src/outbox/sqlite/sqlite-archive.js';
import { SqliteAuditStore } from '../../../src/outbox/sqlite/sqlite-audit-store.js';
import { SqliteClientStore } from '../../../src/outbox/sqlite/sqlite-client-store.js';
import { SqliteGateStore } from '../../../src/outbox/sqlite/sqlite-gate-store.js';
import { SqliteHousekeeping } from '../../../src/outbox/sqlite/sqlite-housekeeping.js';
import { SqliteOperatorActions } from '../../../src/outbox/sqlite/sqlite-operator-actions.js';
import { SqliteOutbox } from '../../../src/outbox/sqlite/sqlite-outbox.js';
import { SqliteReceiptStore } from '../../../src/outbox/sqlite/sqlite-receipt-store.js';
import { SqliteUserLeases } from '../../../src/outbox/sqlite/sqlite-user-leases.js';
import type { Writer } from '../../../src/outbox/sqlite/writer.js';
import { StorageError } from '../../../src/outbox/storage.error.js';
import type { Store, StoreRole } from '../../../src/outbox/store.js';

/**
 * SQLite in memory without a writer thread: the same statements, answered within the same turn of the event loop and in
 * the test's own thread. A thread of its own takes longer to start than most tests last, and hides from mutation tests
 * which test runs which line. A guest differs from an owner in what it takes for a lost lease.
 */
export function openInThread(clock: Clock, role: StoreRole): Store {
  const database = openDatabase({ file: ':memory:', role });
  let closed = false;
  const call: Writer['call'] = async (name, parameter) => {
    if (closed) throw new StorageError('storage-closed', 'the store is closed');
    database.session.now = clock.now();
    const [answer] = runGroup(database.session, [{ name, parameter }]);
    if (answer?.kind === 'done') return answer.value as never;
    throw new StorageError('storage-not-stored', answer?.message ?? 'no answer');
  };
  const close = async () => {
    if (!closed) database.close();
    closed = true;
  };
  return { ...partsOver({ call } as Writer, clock), clock, ...aloneInMemory, close };
}

function partsOver(writer: Writer, clock: Clock) {
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
  };
}

const aloneInMemory = {
  failed: new Promise<never>(() => {}),
  subscribe: () => () => undefined,
  freeBytes: async () => null,
} as const;
