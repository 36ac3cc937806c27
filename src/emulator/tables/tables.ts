import type { Clock } from '../../kernel/clock.js';
import type { UnconfirmedPoints } from '../unconfirmed-points.js';
import type { AssociationDefinition } from './association-definition.js';
import { PlatformRows } from './platform-rows.js';
import type { RowReference } from './row-reference.js';
import { Rows } from './rows.js';
import { Schema } from './schema.js';
import type { Cell, Row, TableDefinition } from './table-definition.js';
import type { TablesFile } from './tables-file.js';
import type { WriteHow, WriteResult } from './write-result.js';
import { changePair, type Pair } from './writes/change-pair.js';
import { createRow } from './writes/create-row.js';
import { deleteRow } from './writes/delete-row.js';
import { changeRow, putRow, removeRow } from './writes/raw-writes.js';
import { updateRow } from './writes/update-row.js';
import { wholeSecond } from './writes/whole-second.js';
import type { WriteScope } from './writes/write-scope.js';

type Cells = Readonly<Record<string, Cell>>;

/** What tables work with. */
export interface TablesParts {
  readonly clock: Clock;
  readonly points: UnconfirmedPoints;
  /** Where rows outlive the process; null where they do not. */
  readonly file: TablesFile | null;
}

/**
 * The tables of the organization. Writes obey Dataverse's rules, and each is one transaction. Raw writes bypass every
 * rule: for tests, and for making by hand what Dataverse would have refused.
 */
export class Tables {
  readonly #schema = new Schema();
  readonly #rows: Rows;
  /** Whether the rows come from a former process. */
  readonly restored: boolean;

  constructor(private readonly parts: TablesParts) {
    const { file } = parts;
    this.#rows = new Rows((isLasting) =>
      isLasting ? file?.save(this.#schema, this.#rows) : file?.saveSoon(this.#schema, this.#rows),
    );
    this.restored = parts.file?.load(this.#schema, this.#rows) ?? false;
  }

  get definitions(): readonly TableDefinition[] {
    return this.#schema.definitions;
  }

  get associations(): readonly AssociationDefinition[] {
    return this.#schema.associations;
  }

  /** Grows with every change of any row but those of volatile tables. */
  get revision(): number {
    return this.#rows.revision;
  }

  /** Grows with every change of a row of these tables. */
  revisionOf(...logicalNames: readonly string[]): number {
    return logicalNames.reduce((sum, name) => sum + this.#rows.revisionOf(name), 0);
  }

  definition(setOrLogicalName: string): TableDefinition | null {
    return this.#schema.find(setOrLogicalName);
  }

  /** In the order in which they were created. */
  rows(logicalName: string): readonly Row[] {
    return this.#rows.of(logicalName);
  }

  find(logicalName: string, id: string): Row | null {
    return this.#rows.find(logicalName, id);
  }

  /** Creates a row, with the rows that its body contains below it. */
  create(logicalName: string, body: unknown, how: WriteHow): WriteResult {
    return this.atomically(() => createRow(this.#scope(how), this.#schema.get(logicalName), { body }));
  }

  update(reference: RowReference, body: unknown, how: WriteHow): WriteResult {
    const [logicalName, id] = reference;
    return this.atomically(() => updateRow(this.#scope(how), this.#schema.get(logicalName), { id, body }));
  }

  delete([logicalName, id]: RowReference, how: WriteHow): WriteResult {
    return this.atomically(() => deleteRow(this.#scope(how), this.#schema.get(logicalName), id));
  }

  /** Adds a pair to a many-to-many relationship; an existing pair counts as added. */
  associate(pair: Pair, how: WriteHow): WriteResult {
    return this.atomically(() => changePair(this.#scope(how), { ...pair, wanted: true }));
  }

  disassociate(pair: Pair, how: WriteHow): WriteResult {
    return this.atomically(() => changePair(this.#scope(how), { ...pair, wanted: false }));
  }

  /** Runs several writes as one transaction: undone if the outcome is `refused`, or if it throws. */
  atomically<T extends { readonly kind: string }>(work: () => T): T {
    return this.#rows.atomically(work, ({ kind }) => kind !== 'refused');
  }

  /** Creates a row, or replaces the one with its id, past every rule; missing columns are as in a new row. */
  putRow(logicalName: string, cells: Cells): Row {
    return this.#raw((scope, table) => putRow(scope, table, cells), logicalName);
  }

  /** Changes some columns of a row past every rule. */
  changeRow(logicalName: string, id: string, cells: Cells): Row {
    return this.#raw((scope, table) => changeRow(scope, table, { id, cells }), logicalName);
  }

  /** Removes a row past every rule, with everything that depends on it. False where there is none. */
  removeRow(logicalName: string, id: string): boolean {
    return this.#raw((scope, table) => removeRow(scope, table, id), logicalName);
  }

  /** The rows of a table as the platform itself keeps them. */
  platformRows(logicalName: string): PlatformRows {
    return new PlatformRows(this.#schema.get(logicalName), this.#rows, this.parts.clock);
  }

  #raw<T>(work: (scope: WriteScope, table: TableDefinition) => T, logicalName: string): T {
    const scope = this.#scope({ userId: null, solution: null });
    return this.#rows.atomically(
      () => work(scope, this.#schema.get(logicalName)),
      () => true,
    );
  }

  #scope(how: WriteHow): WriteScope {
    const { clock, points } = this.parts;
    return { schema: this.#schema, rows: this.#rows, points, how, now: wholeSecond(clock) };
  }
}
