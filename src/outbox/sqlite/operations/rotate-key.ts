import type { EpochMs } from '../../../kernel/clock.js';
import type { ApiKeyRecord } from '../../client-store.js';
import { insertKey } from '../insert-key.js';
import type { Session } from '../session.js';

const SELECT_CLIENT = 'SELECT name FROM client WHERE name = ?';

const END_OTHERS = `
UPDATE api_key SET expires_at = :at WHERE client = :client AND (expires_at IS NULL OR expires_at > :at)`;

/** Adds a key and lets the client's others end by `othersExpireAt`; false when there is no such client. */
export function rotateKey(
  session: Session,
  { key, othersExpireAt }: { readonly key: ApiKeyRecord; readonly othersExpireAt: EpochMs },
): boolean {
  if (session.row(SELECT_CLIENT, key.client) === null) return false;
  session.change(END_OTHERS, { at: othersExpireAt, client: key.client });
  insertKey(session, key);
  return true;
}
