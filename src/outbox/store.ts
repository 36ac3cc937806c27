import type { ClientStore } from './client-store.js';
import type { GateStore } from './gate-store.js';
import type { Outbox } from './outbox.js';

/** Everything one database holds, opened together and closed together. */
export interface Store {
  readonly outbox: Outbox;
  readonly gates: GateStore;
  readonly clients: ClientStore;

  /**
   * Resolves once with the error if the store can no longer vouch for what it said (a failed fsync, an unknown commit,
   * a dead writer); never otherwise. The process must then stop: recovery at the next start sorts it out.
   */
  readonly failed: Promise<Error>;

  /** Finishes what is under way and lets the database go. Calls after it reject. */
  close(): Promise<void>;
}

/**
 * `owner`: the one gateway that accepts and delivers; a second one is refused on SQLite. `guest`: a command beside a
 * running gateway; short transactions, no recovery.
 */
export type StoreRole = 'owner' | 'guest';
