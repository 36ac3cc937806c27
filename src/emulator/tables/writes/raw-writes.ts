import { RowNotPossibleError } from '../row-not-possible.error.js';
import { keyOf } from '../rows.js';
import { rulesOf } from '../rules/rules-of.js';
import type { Cell, Row, TableDefinition } from '../table-definition.js';
import { uprootRow } from './delete-row.js';
import { newRow } from './new-row.js';
import { readRawCells } from './read-raw-cell.js';
import { joinSolution } from './solution-membership.js';
import type { WriteScope } from './write-scope.js';

type Cells = Readonly<Record<string, Cell>>;

/** Stores a row past every rule. Derived columns are derived, unless the cells set them. */
export function putRow(scope: WriteScope, table: TableDefinition, given: Cells): Row {
  const cells = readRawCells(table, given);
  const row = newRow(table, cells, { now: scope.now, userId: scope.how.userId });
  const before = scope.rows.find(table.logicalName, keyOf(table, row));
  const { complete, stored } = rulesOf(table.logicalName);
  const completed = complete?.(scope, row, before) ?? row;
  const kept = scope.rows.store(table, { ...completed, ...messageOf(table, before), ...cells });
  stored?.(scope, kept, before);
  joinSolution(scope, table, keyOf(table, kept));
  return scope.rows.find(table.logicalName, keyOf(table, kept)) ?? kept;
}

/** A custom API that replaces another with its id keeps the message, and with it the steps. */
function messageOf({ logicalName }: TableDefinition, before: Row | null): Cells {
  return logicalName === 'customapi' && before !== null ? { sdkmessageid: before.sdkmessageid ?? null } : {};
}

/** Changes columns past every rule; nothing is derived. */
export function changeRow(
  scope: WriteScope,
  table: TableDefinition,
  { id, cells }: { readonly id: string; readonly cells: Cells },
): Row {
  const { [table.primaryKey]: _fixed, ...changed } = readRawCells(table, cells);
  const before = scope.rows.find(table.logicalName, id);
  if (before === null) throw new RowNotPossibleError(`There is no ${table.logicalName} with the id ${id}.`);
  return scope.rows.store(table, { ...before, modifiedon: scope.now, ...changed });
}

/** Removes a row and everything that depends on it. */
export function removeRow(scope: WriteScope, table: TableDefinition, id: string): boolean {
  const row = scope.rows.find(table.logicalName, id);
  if (row === null) return false;
  uprootRow(scope, table, row);
  return true;
}
