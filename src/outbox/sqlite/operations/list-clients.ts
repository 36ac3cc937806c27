import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientRecord } from '../client-row.js';
import type { Session } from '../session.js';

const SELECT_CLIENTS = 'SELECT name, publish, operator, created_at AS createdAt FROM client ORDER BY name';

const SELECT_KEYS = `
SELECT prefix, client, hash, created_at AS createdAt, expires_at AS expiresAt FROM api_key
ORDER BY created_at, prefix`;

/** Every client by name, each with its keys, oldest first. */
export function listClients(
  session: Session,
): readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[] {
  const keys = Map.groupBy(session.rows<ApiKeyRecord>(SELECT_KEYS), (key) => key.client);
  return session
    .rows<ClientRow>(SELECT_CLIENTS)
    .map((row) => ({ client: clientRecord(row), keys: keys.get(row.name) ?? [] }));
}
