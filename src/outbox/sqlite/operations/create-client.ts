import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import type { Session } from '../session.js';

const INSERT = `
INSERT INTO client (name, publish, operator, created_at) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`;

/** Stores a client with its first key; false when the name is taken. */
export function createClient(
  session: Session,
  { client, key }: { readonly client: ClientRecord; readonly key: ApiKeyRecord },
): boolean {
  const { name, publish, operator, createdAt } = client;
  const isNew = session.change(INSERT, name, JSON.stringify(publish), operator ? 1 : 0, createdAt) === 1;
  if (isNew) insertKey(session, key);
  return isNew;
}
