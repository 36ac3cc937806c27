import type { Clock } from '../kernel/clock.js';
import type { Archive } from './archive.js';
import type { AuditStore } from './audit-store.js';
import type { ClientStore } from './client-store.js';
import type { GateStore } from './gate-store.js';
import type { Housekeeping } from './housekeeping.js';
import type { OperatorActions } from './operator-actions.js';
import type { Outbox } from './outbox.js';
import type { ReceiptStore } from './receipt-store.js';
import type { UserLeases } from './user-leases.js';

/** Everything one database holds, opened together and closed together. */
export interface Store {
  readonly outbox: Outbox;
  readonly actions: OperatorActions;
  readonly housekeeping: Housekeeping;
  readonly gates: GateStore;
  readonly clients: ClientStore;
  readonly audit: AuditStore;
  readonly userLeases: UserLeases;
  readonly receipts: ReceiptStore;
  readonly archive: Archive;

  /** The clock that decides dueness, leases and gates: the database server's where there is one. */
  readonly clock: Clock;

  /**
   * Resolves once with the error if the store can no longer vouch for its answers (a failed fsync, an unknown commit, a
   * dead writer); never otherwise. The process must then stop; recovery at the next start clears it up.
   */
  readonly failed: Promise<Error>;

  /**
   * Tells of changes that other processes made; returns how to end that. Hints only: one that is lost costs a second
   * until the next poll. SQLite has none.
   */
  subscribe(listener: StoreListener): () => void;

  /** Bytes that can still be written where the store lies, or null where this process cannot know. */
  freeBytes(): Promise<number | null>;

  /** Finishes the work under way and closes the database. Later calls reject. */
  close(): Promise<void>;
}

/** `events`: some became due; `gates`: one changed; `users`: an application user was let go. Must neither throw nor wait. */
export type StoreListener = (hint: StoreHint) => void;

export type StoreHint = 'events' | 'gates' | 'users';

/**
 * `owner`: a gateway that accepts and delivers; on SQLite a second one is refused. `guest`: a command beside a
 * running gateway; short transactions, no recovery.
 */
export type StoreRole = 'owner' | 'guest';
