import type { KnownKey } from '../../client-store.js';
import { type KnownKeyRow, knownKey, knownKeyColumns } from '../../rows/client-row.js';
import type { Session } from '../session.js';

const SELECT = `
SELECT ${knownKeyColumns} FROM api_key JOIN client ON client.name = api_key.client
WHERE prefix IN (SELECT value FROM json_each(?))`;

/** The keys with these prefixes and their clients, whether expired or not. */
export function findKeys(session: Session, prefixes: readonly string[]): readonly KnownKey[] {
  return session.rows<KnownKeyRow>(SELECT, JSON.stringify(prefixes)).map(knownKey);
}
