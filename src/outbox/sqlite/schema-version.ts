import type { DatabaseSync } from 'node:sqlite';
import { StoreUnusableError } from '../store-unusable.error.js';

/** "BEG1" in the file's header says that it is ours: https://sqlite.org/pragma.html#pragma_application_id */
export const APPLICATION_ID = 0x42454731;

/**
 * How many migrations the database has had; 0 for a new one. Throws `StoreUnusableError` for another program's
 * database, and for one that a later version of this program made, which only that version understands.
 */
export function schemaVersion(database: DatabaseSync, { file, latest }: { file: string; latest: number }): number {
  const version = pragma(database, 'user_version');
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (hasTables && pragma(database, 'application_id') !== APPLICATION_ID) {
    throw new StoreUnusableError(
      `${file} is the database of another program: point DATABASE_URL to a file of the gateway's own`,
    );
  }
  if (version > latest) {
    throw new StoreUnusableError(
      `${file} has schema version ${version}, this program knows versions up to ${latest}: ` +
        'run the newer version of the gateway that made it, or restore a backup made before',
    );
  }
  return version;
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
