import type { EpochMs } from '../../../kernel/clock.js';
import type { NewAuditEntry } from '../../audit-store.js';
import type { ApiKeyRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const SELECT_CLIENT = 'SELECT name FROM client WHERE name = ?';

const END_OTHERS = `
UPDATE api_key SET expires_at = :at WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)`;

interface Rotation {
  readonly key: ApiKeyRecord;
  readonly othersExpireAt: EpochMs;
  readonly audit: NewAuditEntry;
}

/** Adds a key and lets the client's others end by `othersExpireAt`; false when there is no such client. */
export function rotateKey(session: Session, { key, othersExpireAt, audit }: Rotation): boolean {
  if (session.row(SELECT_CLIENT, key.client) === null) return false;
  session.change(END_OTHERS, { at: othersExpireAt, client: key.client });
  insertKey(session, key);
  recordAudit(session, audit);
  return true;
}
