import type { AssociationDefinition } from './association-definition.js';
import { ALL_ASSOCIATIONS } from './definitions/all-associations.js';
import { ALL_TABLES } from './definitions/all-tables.js';
import type { LookupDefinition, TableDefinition } from './table-definition.js';

/** A one-to-many relationship seen from the one: the table whose rows point here, and by which lookup. */
export interface CollectionDefinition {
  readonly table: TableDefinition;
  readonly lookup: LookupDefinition;
}

/** The tables of the organization and their relationships. Never changes. */
export class Schema {
  readonly definitions: readonly TableDefinition[] = ALL_TABLES;
  readonly associations: readonly AssociationDefinition[] = ALL_ASSOCIATIONS;
  readonly #byName = new Map<string, TableDefinition>();
  readonly #collections = new Map<string, CollectionDefinition[]>();

  constructor() {
    for (const table of this.definitions) {
      this.#byName.set(table.setName, table).set(table.logicalName, table);
      for (const lookup of table.lookups) {
        const collections = this.#collections.get(lookup.target) ?? [];
        collections.push({ table, lookup });
        this.#collections.set(lookup.target, collections);
      }
    }
  }

  find(setOrLogicalName: string): TableDefinition | null {
    return this.#byName.get(setOrLogicalName) ?? null;
  }

  /** For names in this code. */
  get(logicalName: string): TableDefinition {
    const table = this.find(logicalName);
    if (table === null) throw new Error(`There is no table '${logicalName}'.`);
    return table;
  }

  /** The relationships that point to rows of a table. */
  collectionsOf(logicalName: string): readonly CollectionDefinition[] {
    return this.#collections.get(logicalName) ?? [];
  }
}
