import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { type ClientRow, clientRecord } from '../client-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT api_key.prefix, api_key.client, api_key.hash, api_key.created_at AS "createdAt",
  api_key.expires_at AS "expiresAt", client.publish, client.operator, client.created_at AS "clientCreatedAt"
FROM api_key JOIN client ON client.name = api_key.client WHERE api_key.prefix = $1`;

type KeyRow = ApiKeyRecord & Pick<ClientRow, 'publish' | 'operator'> & { readonly clientCreatedAt: number };

/** The key with this prefix and its client, whether expired or not; null when there is none. */
export async function findKey(
  session: Session,
  prefix: string,
): Promise<{ readonly client: ClientRecord; readonly key: ApiKeyRecord } | null> {
  const row = await session.row<KeyRow>(SELECT, prefix);
  if (row === null) return null;
  const { publish, operator, clientCreatedAt, ...key } = row;
  return { client: clientRecord({ name: key.client, publish, operator, createdAt: clientCreatedAt }), key };
}
