import type { ApiKeyRecord } from '../client-store.js';
import type { Session } from './session.js';

/** Younger than the client's other keys, even if the clock was set back: a rotation keeps the younger of two keys. */
const INSERT = `
INSERT INTO api_key (prefix, client, hash, created_at, expires_at) VALUES (:prefix, :client, :hash,
  max(:createdAt, (SELECT coalesce(max(created_at) + 1, 0) FROM api_key WHERE client = :client)), :expiresAt)`;

/**
 * Stores a key of an existing client. A prefix that is taken throws: prefixes are drawn at random, so that is a bug.
 */
export function insertKey(session: Session, { prefix, client, hash, createdAt, expiresAt }: ApiKeyRecord): void {
  session.change(INSERT, { prefix, client, hash, createdAt, expiresAt });
}
