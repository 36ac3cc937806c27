import type { ClientBase } from 'pg';
import { StoreUnusableError } from '../store-unusable.error.js';

/** PostgreSQL 14 is the oldest version this program is written for. */
const OLDEST = 140_000;

const SELECT = `
SELECT current_setting('server_version_num')::int AS "versionNumber", current_setting('server_version') AS version,
  pg_is_in_recovery() AS "isStandby", current_setting('transaction_read_only') = 'on' AS "isReadOnly",
  current_setting('fsync') = 'on' AS "hasFsync", current_setting('full_page_writes') = 'on' AS "hasFullPageWrites",
  getdatabaseencoding() AS encoding`;

/** What a server says about itself. */
export interface ServerFacts {
  readonly versionNumber: number;
  readonly version: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  readonly hasFsync: boolean;
  readonly hasFullPageWrites: boolean;
  readonly encoding: string;
}

/** Throws `StoreUnusableError` for a server on which "durable" would not be true, or that cannot be written to. */
export async function checkServer(client: ClientBase, allowFsyncOff: boolean): Promise<void> {
  const { rows } = await client.query<ServerFacts>(SELECT);
  const [facts] = rows;
  const objection = facts === undefined ? 'it says nothing about itself' : objectionTo(facts, allowFsyncOff);
  if (objection !== null) throw new StoreUnusableError(objection);
}

/** Why a server cannot be used, and what to do; null for one that can. Pure. */
export function objectionTo(facts: ServerFacts, allowFsyncOff: boolean): string | null {
  if (facts.versionNumber < OLDEST) return `it is PostgreSQL ${facts.version}: the gateway needs 14 or newer`;
  if (facts.isStandby) return 'it is a standby: let DATABASE_URL name the primary';
  if (facts.isReadOnly) return 'it is read-only: let DATABASE_URL name a server and a role that may write';
  if (facts.encoding !== 'UTF8') return `its encoding is ${facts.encoding}: create the database with ENCODING 'UTF8'`;
  if (allowFsyncOff) return null;
  if (!facts.hasFsync) return lossy('fsync');
  if (!facts.hasFullPageWrites) return lossy('full_page_writes');
  return null;
}

function lossy(setting: string): string {
  return (
    `it runs with ${setting}=off and may lose what it committed: turn it on, or set DATABASE_ALLOW_FSYNC_OFF=true ` +
    'where losing accepted events does not matter'
  );
}
