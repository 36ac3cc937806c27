import type { EpochMs } from '../../kernel/clock.js';
import type { NewAuditEntry } from '../audit-store.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore } from '../client-store.js';
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

  override findKey(prefix: string): Promise<{ readonly client: ClientRecord; readonly key: ApiKeyRecord } | null> {
    return this.writer.call('findKey', prefix);
  }

  override rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('rotateKey', { key, othersExpireAt, audit });
  }

  override revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.writer.call('revokeKeys', { client, at, audit });
  }
}
