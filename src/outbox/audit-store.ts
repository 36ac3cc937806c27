import type { EpochMs } from '../kernel/clock.js';

/** What a person, or a command on their behalf, did to the gateway. */
export type AuditAction =
  | 'event.replay'
  | 'event.cancel'
  | 'event.erase'
  | 'gate.pause'
  | 'gate.resume'
  | 'gate.probe'
  | 'client.create'
  | 'client.rotate'
  | 'client.revoke'
  | 'client.limit'
  | 'store.backup'
  | 'store.copy';

/** One deed, written in the transaction that does it. */
export interface NewAuditEntry {
  /** Who: a client's name, or `cli:<login>@<host>` for a command. */
  readonly by: string;
  readonly action: AuditAction;
  /** What it was done to: an event's id, a gate's or a client's name, a filter in words. */
  readonly subject: string;
  /** Why, or how many; without payload and without secrets. Null where there is nothing to add. */
  readonly detail: string | null;
}

export interface AuditEntry extends NewAuditEntry {
  /** Grows with every entry; never used again. */
  readonly sequence: number;
  readonly at: EpochMs;
}

/** Who did what, for ever: no retention removes it. */
export abstract class AuditStore {
  /** Notes a deed that changed nothing in this store, such as a backup. */
  abstract record(entry: NewAuditEntry): Promise<void>;

  /** The newest entries first; those older than the entry `before`, or from the newest where it is null. */
  abstract list(page: { readonly before: number | null; readonly limit: number }): Promise<readonly AuditEntry[]>;
}
