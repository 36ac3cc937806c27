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

/** One line of the audit, written in the transaction of the deed itself. */
export interface NewAuditEntry {
  /** Who: a client's name, or `cli:<login>@<host>` for a command. */
  readonly by: string;
  readonly action: AuditAction;
  /** The object of the deed: the id of an event, the name of a gate or client, or a filter in words. */
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

  /** The newest entries first: all that are older than the entry `before`, or from the newest on where it is null. */
  abstract list(page: { readonly before: number | null; readonly limit: number }): Promise<readonly AuditEntry[]>;
}
