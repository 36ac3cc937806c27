import type { EpochMs } from '../../kernel/clock.js';
import type { NewAuditEntry } from '../audit-store.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore, type KnownKey } from '../client-store.js';
import type { Writer } from './writer.js';

/** Clients and their keys on SQLite. */
export class SqliteClientStore extends ClientStore {
  constructor(private readonly writer: Writer) {
    super();
  }

  override create(client: ClientRecord, key: ApiKeyRecord, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('createClient', { client, key, audit });
  }

  override list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
    return this.writer.call('listClients', undefined);
  }

  override findKeys(prefixes: readonly string[]): Promise<readonly KnownKey[]> {
    return this.writer.call('findKeys', prefixes);
  }

  override rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('endKeys', { client: key.client, at: othersExpireAt, successor: key, audit });
  }

  override revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('endKeys', { client, at, successor: null, audit });
  }

  override limit(client: string, rate: number | null, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('limitClient', { client, rate, audit });
  }
}
