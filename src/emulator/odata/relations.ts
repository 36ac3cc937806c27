import type { Row } from '../tables/table-definition.js';
import type { Navigation } from './navigation.js';
import type { TableSource } from './table-source.js';

type Index = ReadonlyMap<unknown, readonly Row[]>;

/** The rows behind navigation properties. Valid for one request: it remembers which row points where. */
export class Relations {
  readonly #indexes = new Map<string, Index>();

  constructor(private readonly source: TableSource) {}

  /** The row that a lookup points to; null where it is empty, or points into another table. */
  one(row: Row, { lookup, target }: Extract<Navigation, { kind: 'single' }>): Row | null {
    const id = row[lookup.column];
    return typeof id === 'string' ? this.source.find(target.logicalName, id) : null;
  }

  /** The rows behind a collection, given the id of the row that has it. */
  many(id: unknown, navigation: Exclude<Navigation, { kind: 'single' }>): readonly Row[] {
    const { target } = navigation;
    if (navigation.kind === 'collection') {
      return this.#index(target.logicalName, navigation.lookup.column).get(id) ?? [];
    }
    const links = this.#index(navigation.association.intersect, navigation.from.column).get(id) ?? [];
    return links
      .map((link) => this.source.find(target.logicalName, String(link[navigation.to.column])))
      .filter((row) => row !== null);
  }

  #index(table: string, column: string): Index {
    const name = `${table}.${column}`;
    const known = this.#indexes.get(name) ?? Map.groupBy(this.source.rows(table), (row) => row[column]);
    this.#indexes.set(name, known);
    return known;
  }
}
