import type { ApiKeyRecord } from '../client-store.js';
import type { Session } from './session.js';

const INSERT = 'INSERT INTO api_key (prefix, client, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?)';

/** Stores a key of a client that exists. A prefix that is taken throws: it is drawn at random, so that is a bug. */
export function insertKey(session: Session, { prefix, client, hash, createdAt, expiresAt }: ApiKeyRecord): void {
  session.change(INSERT, prefix, client, hash, createdAt, expiresAt);
}
