import { openDatabase } from '../../../src/outbox/sqlite/open-database.js';
import { runGroup } from '../../../src/outbox/sqlite/run-group.js';
import { SqliteArchive } from '../../../src/outbox/sqlite/sqlite-archive.js';
import { SqliteAuditStore } from '../../../src/outbox/sqlite/sqlite-audit-store.js';
import { SqliteClientStore } from '../../../src/outbox/sqlite/sqlite-client-store.js';
import { SqliteGateStore } from '../../../src/outbox/sqlite/sqlite-gate-store.js';
import { SqliteHousekeeping } from '../../../src/outbox/sqlite/sqlite-housekeeping.js';
import { SqliteOperatorActions } from '../../../src/outbox/sqlite/sqlite-operator-actions.js';
import { SqliteOutbox } from '../../../src/outbox/sqlite/sqlite-outbox.js';
import { SqliteUserLeases } from '../../../src/outbox/sqlite/sqlite-user-leases.js';
import type { Writer } from '../../../src/outbox/sqlite/writer.js';
import { StorageError } from '../../../src/outbox/storage.error.js';
import type { StoreRole } from '../../../src/outbox/store.js';
import { ManualClock } from '../../support/manual-clock.js';
import type { StoreFixture } from './store-fixture.js';

/**
 * SQLite in memory without a writer thread: the same statements in the test's own thread, where it can be seen which test
 * runs which line of them. A guest differs from an owner in what it takes for a lost lease.
 */
export async function openInThisThread(role: StoreRole): Promise<StoreFixture> {
  const clock = new ManualClock();
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
  return { clock, store: storeOver({ call } as Writer, clock, close), soleOwner: role === 'owner', close };
}

function storeOver(writer: Writer, clock: ManualClock, close: () => Promise<void>): StoreFixture['store'] {
  return {
    outbox: new SqliteOutbox(writer),
    actions: new SqliteOperatorActions(writer),
    housekeeping: new SqliteHousekeeping(writer),
    gates: new SqliteGateStore(writer),
    clients: new SqliteClientStore(writer),
    audit: new SqliteAuditStore(writer),
    userLeases: new SqliteUserLeases(clock),
    archive: new SqliteArchive(writer),
    clock,
    failed: new Promise(() => {}),
    subscribe: () => () => undefined,
    freeBytes: async () => null,
    close,
  };
}
