import type { EpochMs } from '../kernel/clock.js';
import type { NewAuditEntry } from './audit-store.js';

/** Who may call: a till, an ERP, an integration platform, an operator. Known by its name, which never changes. */
export interface ClientRecord {
  readonly name: string;
  /** Event types it may publish; `*` stands for all. Empty: none. */
  readonly publish: readonly string[];
  readonly operator: boolean;
  /** Events and requests per second it may send, or null where it has no rate of its own. */
  readonly rate: number | null;
  readonly createdAt: EpochMs;
}

/** One API key of a client. The key itself is known to its owner alone. */
export interface ApiKeyRecord {
  /** The public part of the key, by which the key is looked up. */
  readonly prefix: string;
  readonly client: string;
  /** SHA-256 of the whole key, base64url. */
  readonly hash: string;
  readonly createdAt: EpochMs;
  /** From when it is no longer accepted, or null. Revoking sets it to now. */
  readonly expiresAt: EpochMs | null;
}

/** A key and its client. */
export interface KnownKey {
  readonly client: ClientRecord;
  readonly key: ApiKeyRecord;
}

/** Who may call, and with which keys. Every change is an operator's, and audited in its transaction. */
export abstract class ClientStore {
  /** Stores a client with its first key; false when the name is taken, and nothing was stored. */
  abstract create(client: ClientRecord, key: ApiKeyRecord, audit: NewAuditEntry): Promise<boolean>;

  /** Every client with its keys, by name. */
  abstract list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]>;

  /** The keys with these prefixes and their clients, whether expired or not, in no order; unknown prefixes are left out. */
  abstract findKeys(prefixes: readonly string[]): Promise<readonly KnownKey[]>;

  /**
   * Adds a key, made now, and lets the client's other keys expire at `othersExpireAt` at the latest. Only the newest of
   * those goes on until then, so that never more than two keys work. False when there is no such client.
   */
  abstract rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean>;

  /** Ends every key of a client now; false when there is no such client. */
  abstract revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean>;

  /** Sets how much a client may send, null for no rate of its own; false when there is no such client. */
  abstract limit(client: string, rate: number | null, audit: NewAuditEntry): Promise<boolean>;
}
