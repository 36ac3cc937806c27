import type { KnownKey } from '../../client-store.js';
import { type KnownKeyRow, knownKey, knownKeyColumns } from '../../rows/client-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT ${knownKeyColumns} FROM api_key JOIN client ON client.name = api_key.client WHERE prefix = ANY ($1::text[])`;

/** The keys with these prefixes and their clients, whether expired or not. */
export async function findKeys(session: Session, prefixes: readonly string[]): Promise<readonly KnownKey[]> {
  return (await session.rows<KnownKeyRow>(SELECT, prefixes)).map(knownKey);
}
