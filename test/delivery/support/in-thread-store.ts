import type { Clock } from '../../../src/kernel/clock.js';
import type { GateStore } from '../../../src/outbox/gate-store.js';
import type { Outbox } from '../../../src/outbox/outbox.js';
import { openDatabase } from '../../../src/outbox/sqlite/open-database.js';
import { runGroup } from '../../../src/outbox/sqlite/run-group.js';
import { SqliteGateStore } from '../../../src/outbox/sqlite/sqlite-gate-store.js';
import { SqliteOutbox } from '../../../src/outbox/sqlite/sqlite-outbox.js';
import type { Writer } from '../../../src/outbox/sqlite/writer.js';
import { StorageError } from '../../../src/outbox/storage.error.js';

export interface InThreadStore {
  readonly outbox: Outbox;
  readonly gates: GateStore;
  readonly close: () => void;
}

/**
 * SQLite in memory without a writer thread: the same statements, answered within the same turn of the event loop, so
 * that thousands of histories are played in a minute, and each of them the same way every time. Several processes share
 * it: as for a guest of a file, its leases end by the clock.
 */
export function openInThread(clock: Clock): InThreadStore {
  const { session, close } = openDatabase({ file: ':memory:', role: 'guest' });
  const call: Writer['call'] = async (name, parameter) => {
    session.now = clock.now();
    const [answer] = runGroup(session, [{ name, parameter }]);
    if (answer?.kind === 'done') return answer.value as never;
    throw new StorageError('storage-not-stored', answer?.message ?? 'no answer');
  };
  const writer = { call } as Writer;
  return { outbox: new SqliteOutbox(writer), gates: new SqliteGateStore(writer), close };
}
