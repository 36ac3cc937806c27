import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { StoreRole } from '../store.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import { lockAlone, SELECT_AT_WORK } from './advisory-locks.js';
import { sqlState } from './postgres-fault.js';

/** The schema is ours alone: other programs may have tables with the same names in others. */
export const SCHEMA = 'gateway';

const HAS_SCHEMA = `SELECT to_regnamespace('${SCHEMA}') IS NOT NULL AS there`;
const HAS_VERSION = `SELECT to_regclass('${SCHEMA}.schema_version') IS NOT NULL AS there`;
const HAS_TABLES = `SELECT EXISTS (SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace('${SCHEMA}')) AS there`;

/** How many migrations the database has had. */
export const SELECT_VERSION = `SELECT version FROM ${SCHEMA}.schema_version`;

/**
 * How long a migration waits for a table that somebody reads. Gateways at work queue behind it and must not notice, so
 * it then lets them pass, and tries again.
 */
const LOCK_MS = 500;
const PAUSE_MS = 1_500;
/** A minute in all. */
const TRIES = 30;

const LOCK_NOT_AVAILABLE = '55P03';

export interface MigrateOptions {
  /** A guest leaves the schema as it is while a gateway works on it. */
  readonly role: StoreRole;
  readonly tries?: number;
}

/**
 * Runs the migrations that a database has not had, all in one transaction together with their version. Any number of
 * processes may start at once: one migrates, the others wait for it and find nothing left to do. Throws
 * `StoreUnusableError` for another program's schema, for one that a later version of this program made, where somebody
 * (a backup, a long query) does not release a table, and for a guest beside a gateway of an older version.
 */
export async function migrate(
  client: ClientBase,
  migrations: readonly string[],
  { role, tries = TRIES }: MigrateOptions,
): Promise<void> {
  for (let left = tries; left > 0; left--) {
    if (left < tries) await setTimeout(PAUSE_MS);
    try {
      return await migrateOnce(client, migrations, role);
    } catch (error) {
      if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    }
  }
  throw new StoreUnusableError(
    'its schema is to be brought up to date, and somebody holds its tables (a backup, a long query): ' +
      'start again when that has ended; gateways of the version before go on meanwhile',
  );
}

async function migrateOnce(client: ClientBase, migrations: readonly string[], role: StoreRole): Promise<void> {
  // A large table takes the time it needs; the other processes wait for the one that migrates it.
  await client.query(`BEGIN; SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; ${lockAlone('migration')}`);
  try {
    const version = await prepare(client, migrations.length);
    if (version < migrations.length) {
      if (role === 'guest' && version > 0) await refuseBesideWork(client, version, migrations.length);
      await client.query(`SET LOCAL search_path = ${SCHEMA}; SET LOCAL lock_timeout = ${LOCK_MS}`);
      for (const migration of migrations.slice(version)) await client.query(migration);
      await client.query(`UPDATE schema_version SET version = ${migrations.length}`);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      // The connection is lost, and the transaction with it; the first error says more.
    });
    throw error;
  }
}

/**
 * Gateways of an older version stop when they meet a schema that they do not know, so a command does not bring it to
 * them. Asked under the lock of migrations: a gateway that starts from now on waits for it, and reads the version
 * then. A gateway that has just lost its listening connection is not seen.
 */
async function refuseBesideWork(client: ClientBase, version: number, needed: number): Promise<void> {
  if (!(await ask(client, SELECT_AT_WORK))) return;
  throw new StoreUnusableError(
    `its schema has version ${version}, this program needs ${needed}, and a gateway of an older version works on it: ` +
      'use the command of that version, or roll out this version of the gateway first',
  );
}

/** Reads the version, and creates its table where that is missing; 0 for a new database. */
async function prepare(client: ClientBase, latest: number): Promise<number> {
  // Asked first: creating a schema needs a privilege even if the schema exists.
  if (!(await ask(client, HAS_SCHEMA))) await client.query(`CREATE SCHEMA ${SCHEMA}`);
  if (!(await ask(client, HAS_VERSION))) {
    if (await ask(client, HAS_TABLES)) {
      throw new StoreUnusableError(
        `its schema "${SCHEMA}" belongs to another program: point DATABASE_URL to a database of the gateway's own`,
      );
    }
    await client.query(`CREATE TABLE ${SCHEMA}.schema_version (version integer NOT NULL);
      INSERT INTO ${SCHEMA}.schema_version VALUES (0)`);
  }
  const { rows } = await client.query<{ version: number }>(SELECT_VERSION);
  const version = rows[0]?.version ?? 0;
  if (version > latest) {
    throw new StoreUnusableError(
      `its schema has version ${version}, this program knows versions up to ${latest}: ` +
        'run the newer version of the gateway that made it, or restore a backup made before',
    );
  }
  return version;
}

async function ask(client: ClientBase, sql: string): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(sql);
  return rows[0]?.there === true;
}
