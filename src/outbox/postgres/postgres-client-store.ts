import type { EpochMs } from '../../kernel/clock.js';
import type { NewAuditEntry } from '../audit-store.js';
import { type ApiKeyRecord, type ClientRecord, ClientStore, type KnownKey } from '../client-store.js';
import type { Database } from './database.js';
import { createClient } from './operations/create-client.js';
import { endKeys } from './operations/end-keys.js';
import { findKeys } from './operations/find-keys.js';
import { limitClient } from './operations/limit-client.js';
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

  override findKeys(prefixes: readonly string[]): Promise<readonly KnownKey[]> {
    return this.database.transact((session) => findKeys(session, prefixes));
  }

  override rotate(key: ApiKeyRecord, othersExpireAt: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    const request = { client: key.client, at: othersExpireAt, successor: key, audit };
    return this.database.transact((session) => endKeys(session, request));
  }

  override revoke(client: string, at: EpochMs, audit: NewAuditEntry): Promise<boolean> {
    return this.database.transact((session) => endKeys(session, { client, at, successor: null, audit }));
  }

  override limit(client: string, rate: number | null, audit: NewAuditEntry): Promise<boolean> {
    return this.database.transact((session) => limitClient(session, { client, rate, audit }));
  }
}
