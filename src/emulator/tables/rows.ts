import type { Cell, Row, TableDefinition } from './table-definition.js';

/** How to undo one change, and whether its table is not volatile. */
interface Undo {
  readonly isLasting: boolean;
  readonly step: () => void;
}

/**
 * The rows of all tables, in memory. Changes within `atomically` are undone together if they are not kept. Everything
 * is synchronous: nobody sees the middle of a transaction.
 */
export class Rows {
  readonly #tables = new Map<string, Map<string, Row>>();
  readonly #revisions = new Map<string, number>();
  #revision = 0;
  #version = 0;
  #undo: Undo[] | null = null;

  /**
   * `onCommit` is told of every transaction that changed something and is kept, and whether it changed more than
   * volatile tables; if it throws, nothing is kept.
   */
  constructor(private readonly onCommit: (isLasting: boolean) => void = () => {}) {}

  /** Grows with every change of any row but those of volatile tables. */
  get revision(): number {
    return this.#revision;
  }

  /** Grows with every change of a row of this table. */
  revisionOf(logicalName: string): number {
    return this.#revisions.get(logicalName) ?? 0;
  }

  /** In the order in which they were created. */
  of(logicalName: string): readonly Row[] {
    return [...this.#table(logicalName).values()];
  }

  find(logicalName: string, id: string): Row | null {
    return this.#table(logicalName).get(id.toLowerCase()) ?? null;
  }

  /** Creates or replaces; gives the row a new `versionnumber`. */
  store(table: TableDefinition, row: Row): Row {
    this.#version += 1;
    const stored = { ...row, versionnumber: this.#version };
    const id = keyOf(table, row);
    this.#change(table, id, stored);
    return stored;
  }

  remove(table: TableDefinition, id: string): void {
    this.#change(table, id, null);
  }

  /** Takes over rows as they are, versions included. */
  load(table: TableDefinition, rows: readonly Row[]): void {
    for (const row of rows) {
      this.#table(table.logicalName).set(keyOf(table, row), row);
      this.#version = Math.max(this.#version, Number(row.versionnumber ?? 0));
    }
  }

  /**
   * Runs a piece of work, and undoes it if it throws or `keep` says no. Work inside of other work is part of the outer
   * one.
   */
  atomically<T>(work: () => T, keep: (result: T) => boolean): T {
    const outer = this.#undo;
    const undo: Undo[] = [];
    this.#undo = undo;
    let kept = false;
    try {
      const result = work();
      if (!keep(result)) return result;
      if (outer !== null) outer.push(...undo);
      else if (undo.length > 0) this.onCommit(undo.some(({ isLasting }) => isLasting));
      kept = true;
      return result;
    } finally {
      this.#undo = outer;
      if (!kept) for (const { step } of undo.reverse()) step();
    }
  }

  #change(table: TableDefinition, id: string, row: Row | null): void {
    if (this.#undo === null) {
      this.atomically(
        () => this.#change(table, id, row),
        () => true,
      );
      return;
    }
    const before = this.#put(table, id, row);
    this.#undo.push({ isLasting: table.isVolatile !== true, step: () => this.#put(table, id, before) });
  }

  #put({ logicalName, isVolatile = false }: TableDefinition, id: string, row: Row | null): Row | null {
    const table = this.#table(logicalName);
    const before = table.get(id) ?? null;
    if (row === null) table.delete(id);
    else table.set(id, row);
    if (!isVolatile) this.#revision += 1;
    this.#revisions.set(logicalName, this.revisionOf(logicalName) + 1);
    return before;
  }

  #table(logicalName: string): Map<string, Row> {
    const table = this.#tables.get(logicalName) ?? new Map<string, Row>();
    this.#tables.set(logicalName, table);
    return table;
  }
}

/** The id of a row. */
export function keyOf(table: TableDefinition, row: { readonly [column: string]: Cell }): string {
  const id = row[table.primaryKey];
  if (typeof id !== 'string') throw new Error(`A row of ${table.logicalName} without ${table.primaryKey}.`);
  return id.toLowerCase();
}
