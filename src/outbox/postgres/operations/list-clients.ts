import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientRecord } from '../client-row.js';
import type { Session } from '../session.js';

const SELECT_CLIENTS = 'SELECT name, publish, operator, created_at AS "createdAt" FROM client ORDER BY name';

const SELECT_KEYS = `
SELECT prefix, client, hash, created_at AS "createdAt", expires_at AS "expiresAt" FROM api_key
ORDER BY created_at, prefix`;

/** Every client by name, each with its keys, oldest first. */
export async function listClients(
  session: Session,
): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
  const keys = Map.groupBy(await session.rows<ApiKeyRecord>(SELECT_KEYS), (key) => key.client);
  const clients = await session.rows<ClientRow>(SELECT_CLIENTS);
  return clients.map((row) => ({ client: clientRecord(row), keys: keys.get(row.name) ?? [] }));
}
