import { DatabaseSync } from 'node:sqlite';
import type { StoreRole } from '../store.js';
import { StoreUnusableError } from '../store-unusable.error.js';
import { createFile } from './create-file.js';
import { proveDurability, setDurability } from './durability.js';
import type { WriterOptions } from './messages.js';
import { migrate } from './migrate.js';
import { MIGRATIONS } from './migrations.js';
import { takeOwnership } from './owner-lock.js';
import { schemaVersion } from './schema-version.js';
import { Session } from './session.js';
import { whyUnusable } from './why-unusable.js';

/**
 * How long a transaction waits for another process. A command waits longer, because the gateway's transactions follow
 * each other closely.
 */
const BUSY_MS: Readonly<Record<StoreRole, number>> = { owner: 5_000, guest: 15_000 };

const LATEST = MIGRATIONS.length;

/** An open database, ready for operations, and how to let it go. */
export interface OpenDatabase {
  readonly session: Session;
  readonly close: () => void;
}

/** Opens the database in this thread. Throws `StoreUnusableError`. */
export function openDatabase(options: WriterOptions): OpenDatabase {
  try {
    return options.file === ':memory:' ? openInMemory(options) : openFile(options);
  } catch (error) {
    throw whyUnusable(options.file, error, options.role);
  }
}

function openInMemory({ file, role }: WriterOptions): OpenDatabase {
  const database = new DatabaseSync(file);
  migrate(database, 0, MIGRATIONS);
  return { session: new Session(database, role), close: () => database.close() };
}

function openFile({ file, role }: WriterOptions): OpenDatabase {
  createFile(file);
  const database = new DatabaseSync(file, { timeout: BUSY_MS[role] });
  // Before anything is put beside it: another program's file stays as it is.
  const version = schemaVersion(database, { file, latest: LATEST });
  const giveBack = role === 'owner' ? ownershipOf(file) : null;
  if (role === 'owner') prepare(database, file);
  else if (version < LATEST) prepareAsGuest(database, file);
  setDurability(database);
  proveDurability(database, file);
  const close = () => {
    database.close();
    giveBack?.();
  };
  return { session: new Session(database, role), close };
}

function ownershipOf(file: string): () => void {
  const giveBack = takeOwnership(file);
  if (giveBack !== null) return giveBack;
  throw new StoreUnusableError(
    `${file} belongs to a gateway that is running: stop that one first, or point DATABASE_URL to another file`,
    { code: 'store-in-use' },
  );
}

/** Only as owner: the schema and the journal mode of a file may change only while nobody else works on it. */
function prepare(database: DatabaseSync, file: string): void {
  const version = schemaVersion(database, { file, latest: LATEST });
  setDurability(database);
  migrate(database, version, MIGRATIONS);
}

/** A guest that finds the file not ready owns it for a moment, unless a gateway does. */
function prepareAsGuest(database: DatabaseSync, file: string): void {
  const giveBack = takeOwnership(file);
  if (giveBack !== null) {
    prepare(database, file);
    giveBack();
    return;
  }
  const version = schemaVersion(database, { file, latest: LATEST });
  if (version < LATEST) {
    throw new StoreUnusableError(
      `${file} has schema version ${version}, this program needs ${LATEST}, and the gateway that runs on it is older: ` +
        'use the command of that gateway, or restart it with this version first',
    );
  }
}
