import type { Clock } from '../../kernel/clock.js';
import type { Rows } from './rows.js';
import type { Cell, Row, TableDefinition } from './table-definition.js';
import { newRow } from './writes/new-row.js';
import { wholeSecond } from './writes/whole-second.js';

type Cells = Readonly<Record<string, Cell>>;

/**
 * The platform's own access to rows such as system jobs: without rules, solutions and checks, since it writes only
 * valid rows; it takes a few microseconds a row.
 */
export class PlatformRows {
  constructor(
    private readonly table: TableDefinition,
    private readonly rows: Rows,
    private readonly clock: Clock,
  ) {}

  /** The present as rows tell it. */
  now(): string {
    return wholeSecond(this.clock);
  }

  all(): readonly Row[] {
    return this.rows.of(this.table.logicalName);
  }

  find(id: string): Row | null {
    return this.rows.find(this.table.logicalName, id);
  }

  add(cells: Cells, userId: string | null): Row {
    return this.rows.store(this.table, newRow(this.table, cells, { now: this.now(), userId }));
  }

  /** Does nothing where the row has gone. */
  change(id: string, cells: Cells): void {
    const row = this.find(id);
    if (row !== null) this.rows.store(this.table, { ...row, modifiedon: this.now(), ...cells });
  }

  /** Rows that point to this one stay as they are: there are none. */
  remove(id: string): void {
    if (this.find(id) !== null) this.rows.remove(this.table, id);
  }
}
