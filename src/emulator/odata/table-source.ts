import type { AssociationDefinition } from '../tables/association-definition.js';
import type { Row, TableDefinition } from '../tables/table-definition.js';

/** Rows as reading needs them; `Tables` is one. */
export interface TableSource {
  readonly definitions: readonly TableDefinition[];
  readonly associations: readonly AssociationDefinition[];
  definition(setOrLogicalName: string): TableDefinition | null;
  rows(logicalName: string): readonly Row[];
  find(logicalName: string, id: string): Row | null;
}

/** Rows that tell when one of them changed. */
export interface RevisedSource extends TableSource {
  /** Grows with every change of any row. */
  readonly revision: number;
}
