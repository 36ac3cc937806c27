import type { NewAuditEntry } from '../../audit-store.js';
import type { ApiKeyRecord, ClientRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const INSERT = `
INSERT INTO client (name, publish, operator, rate, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING`;

/** Stores a client with its first key; false when the name is taken. */
export function createClient(
  session: Session,
  { client, key, audit }: { readonly client: ClientRecord; readonly key: ApiKeyRecord; readonly audit: NewAuditEntry },
): boolean {
  const { name, publish, operator, rate, createdAt } = client;
  const row = [name, JSON.stringify(publish), operator ? 1 : 0, rate, createdAt] as const;
  if (session.change(INSERT, ...row) === 0) return false;
  insertKey(session, key);
  recordAudit(session, audit);
  return true;
}
