import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import type { WriteScope } from '../writes/write-scope.js';

/**
 * What the platform enforces and does for one table, beyond its definition. All of it runs in the write's transaction.
 */
export interface TableRules {
  /** Fills in the columns that the platform derives from others; `before` is null for a create. */
  readonly complete?: (scope: WriteScope, row: Row, before: Row | null) => Row;
  /** Judges the row before it is stored. */
  readonly refuse?: (scope: WriteScope, row: Row, before: Row | null) => Refusal | null;
  /** Does what follows from storing a row. */
  readonly stored?: (scope: WriteScope, row: Row, before: Row | null) => void;
  /** Judges a deletion before anything is deleted. */
  readonly refuseRemoval?: (scope: WriteScope, row: Row) => Refusal | null;
}
