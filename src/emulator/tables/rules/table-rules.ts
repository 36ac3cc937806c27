import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import type { WriteScope } from '../writes/write-scope.js';

/** What the platform enforces and does for one table, beyond what its definition says. All of it runs in the write's transaction. */
export interface TableRules {
  /** Fills in what the platform derives from the rest; `before` is null for a create. */
  readonly complete?: (scope: WriteScope, row: Row, before: Row | null) => Row;
  /** Judges the row as it would be. */
  readonly refuse?: (scope: WriteScope, row: Row, before: Row | null) => Refusal | null;
  /** What follows from a row that was stored. */
  readonly stored?: (scope: WriteScope, row: Row, before: Row | null) => void;
  /** Judges a deletion before anything is deleted. */
  readonly refuseRemoval?: (scope: WriteScope, row: Row) => Refusal | null;
}
