import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientRecord } from '../client-row.js';
import type { Session } from '../session.js';

const SELECT_KEY = `
SELECT prefix, client, hash, created_at AS createdAt, expires_at AS expiresAt FROM api_key WHERE prefix = ?`;

const SELECT_CLIENT = 'SELECT name, publish, operator, created_at AS createdAt FROM client WHERE name = ?';

/** The key with this prefix and its client, whether expired or not; null when there is none. */
export function findKey(
  session: Session,
  prefix: string,
): { readonly client: ClientRecord; readonly key: ApiKeyRecord } | null {
  const key = session.row<ApiKeyRecord>(SELECT_KEY, prefix);
  const client = key === null ? null : session.row<ClientRow>(SELECT_CLIENT, key.client);
  return key === null || client === null ? null : { client: clientRecord(client), key };
}
