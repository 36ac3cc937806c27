import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderNotUsableError } from '../folder-not-usable.error.js';
import type { Rows } from './rows.js';
import type { Schema } from './schema.js';
import type { Row, TableDefinition } from './table-definition.js';

const VERSION = 1;

/** What stands in the file. */
interface Stored {
  readonly version: number;
  readonly tables: { readonly [logicalName: string]: readonly Row[] };
}

/**
 * All rows in one file of a folder, written anew after each commit and put in place of the old one in a single step: a
 * killed process leaves the old rows or the new ones. Not synced to disk: a machine that loses power may lose the newest.
 * It holds the secrets of service endpoints, and is readable by its owner alone.
 */
export class TablesFile {
  readonly path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, 'tables.json');
  }

  /** Fills the tables from the file; false where there is none yet. Throws a `FolderNotUsableError` where they do not fit. */
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
    const tables = Object.fromEntries(schema.definitions.map(({ logicalName }) => [logicalName, rows.of(logicalName)]));
    const next = `${this.path}.next`;
    writeFileSync(next, JSON.stringify({ version: VERSION, tables } satisfies Stored), { mode: 0o600 });
    renameSync(next, this.path);
  }
}

/** What an older version did not know yet is null, as in a table that gained a column. */
function emptyRow({ columns, lookups }: TableDefinition): Row {
  const names = [...columns.map(({ name }) => name), ...lookups.map(({ column }) => column)];
  return Object.fromEntries(names.map((name) => [name, null]));
}
