import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientColumns, clientRecord, keyColumns } from '../../rows/client-row.js';
import type { Session } from '../session.js';

const SELECT_CLIENTS = `SELECT ${clientColumns} FROM client ORDER BY name`;

const SELECT_KEYS = `SELECT ${keyColumns} FROM api_key ORDER BY created_at, prefix`;

/** Every client by name, each with its keys, oldest first. */
export function listClients(
  session: Session,
): readonly { readonly client: ClientRecord; readonly keys: readonly ApiKeyRecord[] }[] {
  const keys = Map.groupBy(session.rows<ApiKeyRecord>(SELECT_KEYS), (key) => key.client);
  return session
    .rows<ClientRow>(SELECT_CLIENTS)
    .map((row) => ({ client: clientRecord(row), keys: keys.get(row.name) ?? [] }));
}
