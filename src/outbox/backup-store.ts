import { BackupRefusedError } from './backup-refused.error.js';
import { type BackupProgress, backupFile } from './sqlite/backup-file.js';
import { sqliteFile } from './sqlite-file.js';

export interface BackupRequest {
  /** The setting DATABASE_URL. */
  readonly databaseUrl: string;
  /** A file that is not there yet, in a folder that is. */
  readonly target: string;
  readonly progress?: (progress: BackupProgress) => void;
}

/**
 * Copies the store as it is at one instant into one file, beside a running gateway or without one, and tells its size in
 * bytes. Durable and checked when it resolves. Rejects with `BackupRefusedError` or
 * `StoreUnusableError`.
 */
export async function backupStore({ databaseUrl, target, progress }: BackupRequest): Promise<number> {
  const file = sqliteFile(databaseUrl);
  if (file !== null && file !== ':memory:') return backupFile(file, target, progress ?? (() => undefined));
  throw new BackupRefusedError(
    'backup-not-supported',
    'Only a store in an SQLite file is backed up by this command: PostgreSQL has pg_dump and pg_basebackup.',
  );
}
