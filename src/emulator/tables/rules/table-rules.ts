import type { Row } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import type { WriteScope } from '../writes/write-scope.js';

/** What the platform enforces and does for one table, beyond what its definition says. All of it runs in the write's transaction. */
export interface TableRules {
  /** Judges the row as it would be; `before` is null for a create. */
  readonly refuse?: (scope: WriteScope, row: Row, before: Row | null) => Refusal | null;
  /** Fills in what the platform derives from the rest. */
  readonly complete?: (scope: WriteScope, row: Row, before: Row | null) => Row;
  /** What follows from a row that was stored. */
  readonly stored?: (scope: WriteScope, row: Row, before: Row | null) => void;
  /** Judges a deletion before anything is deleted. */
  readonly refuseRemoval?: (scope: WriteScope, row: Row) => Refusal | null;
}
