import { realpathSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createFile } from './create-file.js';
import { isBusy } from './sqlite-fault.js';

/** A command may hold the lock while it migrates, and a gateway that was told to stop needs a moment. */
const PATIENCE_MS = 1000;

/**
 * Makes this the one process that owns a database file, and returns how to end that; null when another process owns it.
 * It is SQLite's own exclusive lock, on a small file beside the database: the operating system releases it as soon as
 * its holder dies, in any way. The database itself stays open to commands.
 */
export function takeOwnership(file: string): (() => void) | null {
  const lockFile = `${realpathSync(file)}-owner`;
  createFile(lockFile);
  const lock = new DatabaseSync(lockFile, { timeout: PATIENCE_MS });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (isBusy(error)) return null;
    throw error;
  }
}
