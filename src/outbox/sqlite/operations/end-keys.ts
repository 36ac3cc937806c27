import type { EpochMs } from '../../../kernel/clock.js';
import type { NewAuditEntry } from '../../audit-store.js';
import type { ApiKeyRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

const SELECT_CLIENT = 'SELECT name FROM client WHERE name = ?';

const END_ALL = `
UPDATE api_key SET expires_at = :at WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)`;

const END_OLDER = `
UPDATE api_key SET expires_at = :at WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)
  AND prefix <> (SELECT prefix FROM api_key WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)
    ORDER BY created_at DESC LIMIT 1)`;

/** Which client's keys end and when, and the new key that takes their place, if any. */
export interface EndKeysRequest {
  readonly client: string;
  readonly at: EpochMs;
  readonly successor: ApiKeyRecord | null;
  readonly audit: NewAuditEntry;
}

/**
 * Lets every key of a client expire by `at`; one that expires earlier keeps its end. Beside a successor only the newest
 * of the others goes on until then. False when there is no such client.
 */
export function endKeys(session: Session, { client, at, successor, audit }: EndKeysRequest): boolean {
  if (session.row(SELECT_CLIENT, client) === null) return false;
  if (successor !== null) session.change(END_OLDER, { at: successor.createdAt, client });
  session.change(END_ALL, { at, client });
  if (successor !== null) insertKey(session, successor);
  recordAudit(session, audit);
  return true;
}
