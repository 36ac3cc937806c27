import type { EpochMs } from '../../kernel/clock.js';
import type { NewAuditEntry } from '../audit-store.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore } from '../client-store.js';
import type { Database } from './database.js';
import { createClient } from './operations/create-client.js';
import { endKeys } from './operations/end-keys.js';
import { findKey } from './operations/find-key.js';
import { listClients } from './operations/list-clients.js';

/** Clients and their keys on PostgreSQL. */
export class PostgresClientStore extends ClientStore {
  constructor(private readonly database: Database) {
    super();
  }

  override create(client: ClientRecord, key: ApiKeyRecord, audit: NewAuditEntry): Promise<boolean> {
    return this.database.transact((session) => createClient(session, { client, key, audit }));
  }

  override list(): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
    return this.database.transact(listClients);
  }

  override findKey(prefix: string): Promise<{ readonly client: ClientRecord; readonly key: ApiKeyRecord } | null> {
    return this.database.transact((session) => findKey(session, prefix));
  }

  override rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    const request = { client: key.client, at: othersExpireAt, successor: key, audit };
    return this.database.transact((session) => endKeys(session, request));
  }

  override revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.database.transact((session) => endKeys(session, { client, at, successor: null, audit }));
  }
}
