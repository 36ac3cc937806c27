import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { EpochMs } from '../../kernel/clock.js';
import type { StoreRole } from '../store.js';
import { TurnMemory } from '../turn-memory.js';
import { Tally } from './tally.js';

/** Values for `?` in their order, or one object for `:names`. */
type Bindings = SQLInputValue[] | [Record<string, SQLInputValue>];

/** What every operation works with: one connection, its prepared statements, and the transaction's view of the time. */
export class Session {
  private readonly statements = new Map<string, StatementSync>();

  /** The instant that counts for the current operations: the store's time when they were sent to the writer. */
  now: EpochMs = 0;

  readonly tally = new Tally();

  /** A rollback does not undo it: a client whose turn was lost gets another one. */
  readonly turns = new TurnMemory();

  constructor(
    readonly database: DatabaseSync,
    readonly role: StoreRole,
  ) {}

  /** The first row, or null. The caller names the shape its SQL selects. */
  row<Row>(sql: string, ...values: Bindings): Row | null {
    return (this.statement(sql).get(...(values as SQLInputValue[])) as Row | undefined) ?? null;
  }

  /** Every row, in the order of the statement. */
  rows<Row>(sql: string, ...values: Bindings): readonly Row[] {
    return this.statement(sql).all(...(values as SQLInputValue[])) as Row[];
  }

  /** Runs a statement that changes rows, and tells how many it changed. */
  change(sql: string, ...values: Bindings): number {
    return Number(this.statement(sql).run(...(values as SQLInputValue[])).changes);
  }

  private statement(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.database.prepare(sql);
    this.statements.set(sql, prepared);
    return prepared;
  }
}
