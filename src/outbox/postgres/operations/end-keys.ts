import type { EpochMs } from '../../../kernel/clock.js';
import type { NewAuditEntry } from '../../audit-store.js';
import type { ApiKeyRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import { recordAudit } from '../record-audit.js';
import type { Session } from '../session.js';

/** Locked, so that two operators cannot each end part of the other's new keys. */
const LOCK_CLIENT = 'SELECT name FROM client WHERE name = $1 FOR UPDATE';

const END_ALL = `
UPDATE api_key SET expires_at = $1 WHERE client = $2 AND (expires_at IS NULL OR expires_at > $1)`;

const END_OLDER = `
UPDATE api_key SET expires_at = $1 WHERE client = $2 AND (expires_at IS NULL OR expires_at > $1)
  AND prefix <> (SELECT prefix FROM api_key WHERE client = $2 AND (expires_at IS NULL OR expires_at > $1)
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
export async function endKeys(session: Session, { client, at, successor, audit }: EndKeysRequest): Promise<boolean> {
  if ((await session.row(LOCK_CLIENT, client)) === null) return false;
  if (successor !== null) await session.change(END_OLDER, successor.createdAt, client);
  await session.change(END_ALL, at, client);
  if (successor !== null) await insertKey(session, successor);
  await recordAudit(session, audit);
  return true;
}
