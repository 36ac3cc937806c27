import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AsyncFile } from './async-service/async-file.js';
import { FolderNotUsableError } from './folder-not-usable.error.js';
import { ReceivedFile } from './received/received-file.js';
import { TablesFile } from './tables/tables-file.js';

const SQLITE_BUSY = 5;

/** The part of an emulator that outlives its process, in a folder that one emulator at a time owns. */
export class EmulatorFolder {
  readonly received: ReceivedFile;
  readonly tables: TablesFile;
  readonly asyncService: AsyncFile;
  readonly #lock: DatabaseSync;

  /** Throws a `FolderNotUsableError` where another emulator runs in the folder. */
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true });
    this.#lock = locked(path);
    try {
      this.asyncService = new AsyncFile(path);
    } catch (error) {
      this.#lock.close();
      throw error;
    }
    this.received = new ReceivedFile(path);
    this.tables = new TablesFile(path);
  }

  close(): void {
    this.tables.close();
    this.received.close();
    this.#lock.close();
  }
}

/** SQLite's own exclusive lock: the operating system releases it as soon as its holder dies, in any way. */
function locked(folder: string): DatabaseSync {
  const path = join(folder, 'lock');
  // Once it exists, only SQLite opens it: closing a file gives up every lock that the process has on it.
  if (!existsSync(path)) writeFileSync(path, '');
  const lock = new DatabaseSync(path);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    throw new FolderNotUsableError(
      `Another emulator runs in ${folder}, and two would overwrite each other's tables. Use that one, stop it, or start this one in another folder.`,
    );
  }
}
