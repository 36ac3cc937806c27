import type { EpochMs } from '../kernel/clock.js';
import type { NewAuditEntry } from './audit-store.js';

/** Who may call: a till, an ERP, an integration platform, an operator. Known by its name, which never changes. */
export interface ClientRecord {
  readonly name: string;
  /** Event types it may publish; `*` stands for all. Empty: none. */
  readonly publish: readonly string[];
  readonly operator: boolean;
  readonly createdAt: EpochMs;
}

/** One API key of a client. The key itself is known to its owner alone. */
export interface ApiKeyRecord {
  /** The public part of the key, by which it is looked up. */
  readonly prefix: string;
  readonly client: string;
  /** SHA-256 of the whole key, base64url. */
  readonly hash: string;
  readonly createdAt: EpochMs;
  /** From when it is no longer accepted, or null. Revoking sets it to now. */
  readonly expiresAt: EpochMs | null;
}

/** Who may call, and with which keys. Every change is an operator's, and audited in its transaction. */
export abstract class ClientStore {
  /** Stores a client with its first key; false when the name is taken, and nothing was stored. */
  abstract create(client: ClientRecord, key: ApiKeyRecord, audit: NewAuditEntry): Promise<boolean>;

  /** Every client with its keys, by name. */
  abstract list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]>;

  /** The key with this prefix and its client, whether expired or not; null when there is none. */
  abstract findKey(prefix: string): Promise<{ readonly client: ClientRecord; readonly key: ApiKeyRecord } | null>;

  /** Adds a key and lets the client's others end at `othersExpireAt` at the latest; false when there is no such client. */
  abstract rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean>;

  /** Ends every key of a client now; false when there is no such client. */
  abstract revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean>;
}
