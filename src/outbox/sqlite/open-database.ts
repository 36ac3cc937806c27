import { DatabaseSync } from 'node:sqlite';
import type { WriterOptions } from './messages.js';
import { migrate } from './migrate.js';
import { Session } from './session.js';

/** An open database, ready for operations, and how to let it go. */
export interface OpenDatabase {
  readonly session: Session;
  readonly close: () => void;
}

/** Opens the database in this thread. Throws an error whose message says what is wrong with it and what to do. */
export function openDatabase({ file, role }: WriterOptions): OpenDatabase {
  const database = new DatabaseSync(file);
  migrate(database);
  return { session: new Session(database, role), close: () => database.close() };
}
