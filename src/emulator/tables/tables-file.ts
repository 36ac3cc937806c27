import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderNotUsableError } from '../folder-not-usable.error.js';
import type { Rows } from './rows.js';
import type { Schema } from './schema.js';
import type { Row, TableDefinition } from './table-definition.js';

const VERSION = 1;
/** How long rows of volatile tables may wait for the file. */
const SOON_MS = 1000;
/** Writing them takes at most a twentieth of the time, however many there are. */
const SHARE = 20;

/** What stands in the file. */
interface Stored {
  readonly version: number;
  readonly tables: { readonly [logicalName: string]: readonly Row[] };
}

/**
 * All rows in one file of a folder, written anew after each commit (for volatile tables alone: soon), which replaces
 * the old file in a single step: after a kill there are the old rows or the new ones. Not synced to disk: a machine
 * that loses power may lose the newest. The file holds the secrets of service endpoints, and only its owner can read
 * it.
 */
export class TablesFile {
  readonly path: string;
  #pending: { readonly timer: NodeJS.Timeout; readonly save: () => void } | null = null;
  #tookMs = 0;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, 'tables.json');
  }

  /**
   * Fills the tables from the file; false where there is none yet. Throws a `FolderNotUsableError` where its rows do
   * not fit.
   */
  load(schema: Schema, rows: Rows): boolean {
    if (!existsSync(this.path)) return false;
    try {
      const { version, tables } = JSON.parse(readFileSync(this.path, 'utf8')) as Stored;
      if (version !== VERSION) throw new Error(`It is of version ${version}.`);
      for (const table of schema.definitions) {
        rows.load(
          table,
          (tables[table.logicalName] ?? []).map((row) => ({ ...emptyRow(table), ...row })),
        );
      }
      return true;
    } catch (cause) {
      throw new FolderNotUsableError(
        `${this.path} does not hold the tables of an emulator of this version. Delete it to start with an empty organization.`,
        { cause },
      );
    }
  }

  save(schema: Schema, rows: Rows): void {
    const began = performance.now();
    clearTimeout(this.#pending?.timer);
    this.#pending = null;
    const tables = Object.fromEntries(schema.definitions.map(({ logicalName }) => [logicalName, rows.of(logicalName)]));
    const next = `${this.path}.next`;
    writeFileSync(next, JSON.stringify({ version: VERSION, tables } satisfies Stored), { mode: 0o600 });
    renameSync(next, this.path);
    this.#tookMs = performance.now() - began;
  }

  /**
   * For rows that change too often to be written each time. If writing fails, standard error tells, and the next change
   * tries again.
   */
  saveSoon(schema: Schema, rows: Rows): void {
    if (this.#pending !== null) return;
    const save = () => this.save(schema, rows);
    this.#pending = { timer: setTimeout(() => this.close(), Math.max(SOON_MS, this.#tookMs * SHARE)), save };
  }

  /** Writes what still waits. */
  close(): void {
    const pending = this.#pending;
    if (pending === null) return;
    clearTimeout(pending.timer);
    this.#pending = null;
    try {
      pending.save();
    } catch (error) {
      process.stderr.write(`The system jobs could not be written to ${this.path}: ${(error as Error).message}\n`);
    }
  }
}

/** A column that an older version did not know is null, as in a table that gained a column. */
function emptyRow({ columns, lookups }: TableDefinition): Row {
  const names = [...columns.map(({ name }) => name), ...lookups.map(({ column }) => column)];
  return Object.fromEntries(names.map((name) => [name, null]));
}
