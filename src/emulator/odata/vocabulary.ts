import type { TableDefinition } from '../tables/table-definition.js';
import { type Navigation, navigationsOf } from './navigation.js';
import { ODataError } from './odata.error.js';
import { type Property, propertiesOf } from './property.js';
import type { TableSource } from './table-source.js';

/** The meaning of names in a query. Definitions never change, so each table is processed once. */
export class Vocabulary {
  readonly #navigations = new Map<TableDefinition, ReadonlyMap<string, Navigation>>();
  readonly #properties = new Map<TableDefinition, ReadonlyMap<string, Property>>();

  constructor(readonly source: TableSource) {}

  navigations(table: TableDefinition): ReadonlyMap<string, Navigation> {
    const known = this.#navigations.get(table) ?? navigationsOf(this.source, table);
    this.#navigations.set(table, known);
    return known;
  }

  properties(table: TableDefinition): ReadonlyMap<string, Property> {
    const known = this.#properties.get(table) ?? propertiesOf(table);
    this.#properties.set(table, known);
    return known;
  }

  /** Throws an `ODataError` where the table has no such navigation property. */
  navigation(table: TableDefinition, name: string): Navigation {
    return this.navigations(table).get(name) ?? noProperty(table, name);
  }

  /** Throws an `ODataError` where the table has no such property, or does not show it. */
  property(table: TableDefinition, name: string): Property {
    return this.properties(table).get(name) ?? noProperty(table, name);
  }
}

function noProperty(table: TableDefinition, name: string): never {
  throw new ODataError(
    `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.logicalName}'.`,
  );
}
