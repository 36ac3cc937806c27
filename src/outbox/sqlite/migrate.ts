import type { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID } from './schema-version.js';

/**
 * Runs the migrations that a database has not had, each in a transaction together with its version: if one fails or is
 * cut off, the database is still whole, in the version before it.
 */
export function migrate(database: DatabaseSync, from: number, migrations: readonly string[]): void {
  for (const [index, migration] of migrations.entries()) {
    if (index >= from) runMigration(database, migration, index + 1);
  }
}

function runMigration(database: DatabaseSync, migration: string, version: number): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    database.exec(migration);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${version}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
