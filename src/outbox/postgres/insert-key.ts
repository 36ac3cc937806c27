import type { ApiKeyRecord } from '../client-store.js';
import type { Session } from './session.js';

/** Younger than the client's other keys, even if the clock was set back: a rotation keeps the younger of two keys. */
const INSERT = `
INSERT INTO api_key (prefix, client, hash, created_at, expires_at) VALUES ($1, $2, $3,
  greatest($4, (SELECT max(created_at) + 1 FROM api_key WHERE client = $2)), $5)`;

/**
 * Stores a key of an existing client. A prefix that is taken throws: prefixes are drawn at random, so that is a bug.
 */
export async function insertKey(session: Session, key: ApiKeyRecord): Promise<void> {
  const { prefix, client, hash, createdAt, expiresAt } = key;
  await session.change(INSERT, prefix, client, hash, createdAt, expiresAt);
}
