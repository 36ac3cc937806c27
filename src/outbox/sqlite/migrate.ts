import type { DatabaseSync } from 'node:sqlite';
import { APPLICATION_ID } from './schema-version.js';

/**
 * Runs the migrations a database has not seen, each in a transaction of its own together with the version it leads to:
 * one that fails or is cut off leaves the version before it, whole.
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
