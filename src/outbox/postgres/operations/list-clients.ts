import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientColumns, clientRecord, keyColumns } from '../../rows/client-row.js';
import type { Session } from '../session.js';

const SELECT_CLIENTS = `SELECT ${clientColumns} FROM client ORDER BY name`;

const SELECT_KEYS = `SELECT ${keyColumns} FROM api_key ORDER BY created_at, prefix`;

/** Every client by name, each with its keys, oldest first. */
export async function listClients(
  session: Session,
): Promise<readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[]> {
  const keys = Map.groupBy(await session.rows<ApiKeyRecord>(SELECT_KEYS), (key) => key.client);
  const clients = await session.rows<ClientRow>(SELECT_CLIENTS);
  return clients.map((row) => ({ client: clientRecord(row), keys: keys.get(row.name) ?? [] }));
}
