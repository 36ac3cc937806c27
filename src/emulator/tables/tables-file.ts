import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rows } from './rows.js';
import type { Schema } from './schema.js';
import type { Row } from './table-definition.js';

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
  readonly #path: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, 'tables.json');
  }

  /** Fills the tables from the file; false where there is none yet. */
  load(schema: Schema, rows: Rows): boolean {
    if (!existsSync(this.#path)) return false;
    const { tables } = this.#read();
    for (const definition of schema.definitions) rows.load(definition, tables[definition.logicalName] ?? []);
    return true;
  }

  save(schema: Schema, rows: Rows): void {
    const tables = Object.fromEntries(schema.definitions.map(({ logicalName }) => [logicalName, rows.of(logicalName)]));
    const next = `${this.#path}.next`;
    writeFileSync(next, JSON.stringify({ version: VERSION, tables } satisfies Stored), { mode: 0o600 });
    renameSync(next, this.#path);
  }

  #read(): Stored {
    try {
      const stored = JSON.parse(readFileSync(this.#path, 'utf8')) as Partial<Stored> | null;
      if (stored?.version === VERSION && stored.tables !== undefined)
        return { version: VERSION, tables: stored.tables };
    } catch (cause) {
      throw new Error(this.#unusable(), { cause });
    }
    throw new Error(this.#unusable());
  }

  #unusable(): string {
    return `${this.#path} does not hold the tables of an emulator of this version. Delete it to start with an empty organization.`;
  }
}
