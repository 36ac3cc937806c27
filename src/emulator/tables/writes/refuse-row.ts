import { sameCell } from '../same-cell.js';
import type { Row, TableDefinition } from '../table-definition.js';
import type { Refusal } from '../write-result.js';
import { duplicateKey, missing } from './refusals.js';
import type { WriteScope } from './write-scope.js';

/** What the definition of its table forbids in a row as it would be: gaps in required columns, and a second row of one key. */
export function refuseRow(
  scope: WriteScope,
  table: TableDefinition,
  judged: { readonly row: Row; readonly verb: 'Create' | 'Update' },
): Refusal | null {
  return refuseGap(table, judged) ?? refuseDuplicate(scope, table, judged.row);
}

function refuseGap(
  table: TableDefinition,
  { row, verb }: { readonly row: Row; readonly verb: 'Create' | 'Update' },
): Refusal | null {
  const required = [
    ...table.columns.map(({ name, required }) => ({ name, required })),
    ...table.lookups.map(({ column, required }) => ({ name: column, required })),
  ];
  const gap = required.find(({ name, required }) => required === true && (row[name] ?? null) === null);
  return gap === undefined ? null : missing(table, gap.name, verb);
}

function refuseDuplicate({ rows }: WriteScope, table: TableDefinition, row: Row): Refusal | null {
  for (const columns of table.alternateKeys ?? []) {
    if (columns.some((column) => (row[column] ?? null) === null)) continue;
    const twin = rows
      .of(table.logicalName)
      .find(
        (other) =>
          other[table.primaryKey] !== row[table.primaryKey] &&
          columns.every((column) => sameCell(other[column], row[column])),
      );
    if (twin !== undefined) return duplicateKey(table, columns);
  }
  return null;
}
