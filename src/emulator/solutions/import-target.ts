import type { RowReference } from '../tables/row-reference.js';
import type { Cell, Row, TableDefinition } from '../tables/table-definition.js';
import type { Tables } from '../tables/tables.js';
import type { WriteHow, WriteResult } from '../tables/write-result.js';
import { ImportRefusedError } from './import-refused.error.js';

/** The desired state of one row. */
export interface WishedRow {
  /** The row there is, or null. */
  readonly present: Row | null;
  readonly columns: Readonly<Record<string, unknown>>;
  /** Addresses or null by navigation property. */
  readonly binds?: Readonly<Record<string, string | null>>;
  /** The file that says so; refusals name it. */
  readonly path: string;
}

/** The tables as one import sees them: it finds rows by name, and a refused write ends the import. */
export class ImportTarget {
  constructor(
    readonly tables: Tables,
    readonly how: WriteHow,
  ) {}

  definition(table: string): TableDefinition {
    const definition = this.tables.definition(table);
    if (definition === null) throw new Error(`There is no table '${table}'.`);
    return definition;
  }

  /** The row whose columns have these texts, in any case of letters. */
  findBy(table: string, texts: Readonly<Record<string, string>>): Row | null {
    const wanted = Object.entries(texts).map(([column, text]) => [column, text.toLowerCase()] as const);
    const isWanted = (row: Row) => wanted.every(([column, text]) => lowerCase(row[column]) === text);
    return this.tables.rows(table).find(isWanted) ?? null;
  }

  /** `customapis(<id>)`, as binds take it. */
  addressOf(table: string, row: Row): string {
    const { setName, primaryKey } = this.definition(table);
    return `${setName}(${row[primaryKey]})`;
  }

  /** Creates the row, or changes what differs in the existing one, and adds it to the solution. Returns it. */
  bring(table: string, wished: WishedRow, how: WriteHow = this.how): Row {
    const { present, path } = wished;
    const id =
      present === null
        ? this.#done(this.tables.create(table, bodyOf(wished), how), path)
        : this.#done(
            this.tables.update(this.#reference(table, present), this.#changes(table, present, wished), how),
            path,
          );
    return this.row(table, id);
  }

  row(table: string, id: string): Row {
    const row = this.tables.find(table, id);
    if (row === null) throw new Error(`There is no ${table} ${id}.`);
    return row;
  }

  #reference(table: string, row: Row): RowReference {
    return [table, `${row[this.definition(table).primaryKey]}`];
  }

  #changes(table: string, present: Row, { columns, binds = {} }: WishedRow): Readonly<Record<string, unknown>> {
    const changed = Object.entries(columns).filter(([name, value]) => present[name] !== cellOf(value));
    const rebound = Object.entries(binds).filter(([navigation, address]) => {
      const lookup = this.definition(table).lookups.find((candidate) => candidate.navigation === navigation);
      const held = present[lookup?.column ?? ''] ?? null;
      return address === null ? held !== null : address !== `${this.definition(lookup?.target ?? '').setName}(${held})`;
    });
    return { ...Object.fromEntries(changed), ...bound(Object.fromEntries(rebound)) };
  }

  #done(result: WriteResult, path: string): string {
    if (result.kind === 'done') return result.id;
    const { status, code, message } = result;
    throw new ImportRefusedError({ status, code, message: `${path}: ${message}` });
  }
}

function lowerCase(cell: Cell | undefined): string | null {
  return typeof cell === 'string' ? cell.toLowerCase() : null;
}

function bodyOf({ columns, binds = {} }: WishedRow): Readonly<Record<string, unknown>> {
  const given = Object.entries(binds).filter(([, address]) => address !== null);
  return { ...columns, ...bound(Object.fromEntries(given)) };
}

function bound(binds: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    Object.entries(binds).map(([navigation, address]) => [`${navigation}@odata.bind`, address]),
  );
}

/** A managed property's cell is its value. */
function cellOf(value: unknown): Cell | undefined {
  if (typeof value === 'object' && value !== null && 'Value' in value) return value.Value as boolean;
  return value as Cell;
}
