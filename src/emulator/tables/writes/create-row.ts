import { keyOf } from '../rows.js';
import { rulesOf } from '../rules/rules-of.js';
import type { Cell, TableDefinition } from '../table-definition.js';
import { refused, type WriteResult } from '../write-result.js';
import { newRow } from './new-row.js';
import { type Children, readBody } from './read-body.js';
import { duplicateId, notSupported } from './refusals.js';
import { refuseRow } from './refuse-row.js';
import { joinSolution, refuseSolution } from './solution-membership.js';
import type { WriteScope } from './write-scope.js';

/** Creates a row from a body, and the rows that the body contains below it; `cells` override the body. */
export function createRow(
  scope: WriteScope,
  table: TableDefinition,
  given: { readonly body: unknown; readonly cells?: Readonly<Record<string, Cell>> },
): WriteResult {
  if (table.writable?.create === false) return refused(notSupported(table, 'Create'));
  const read = readBody(scope, table, { body: given.body, verb: 'create' });
  if (read.kind === 'refused') return refused(read.refusal);
  const { refuse, complete, stored } = rulesOf(table.logicalName);
  const origin = { now: scope.now, userId: scope.how.userId };
  const fresh = newRow(table, { ...read.cells, ...given.cells, ...managedBy(scope, table) }, origin);
  const row = complete?.(scope, fresh, null) ?? fresh;
  const id = keyOf(table, row);
  const refusal =
    (scope.rows.find(table.logicalName, id) === null ? null : duplicateId()) ??
    refuseRow(scope, table, { row, verb: 'Create' }) ??
    refuseSolution(scope, table, row) ??
    refuse?.(scope, row, null);
  if (refusal) return refused(refusal);
  const kept = scope.rows.store(table, row);
  stored?.(scope, kept, null);
  joinSolution(scope, table, id);
  return createChildren(scope, id, read.children);
}

/** Rows that the import of a managed solution creates are managed. */
function managedBy({ how }: WriteScope, { componentType }: TableDefinition): Readonly<Record<string, Cell>> {
  return how.managed === true && componentType !== undefined ? { ismanaged: true } : {};
}

function createChildren(scope: WriteScope, id: string, children: readonly Children[]): WriteResult {
  for (const { collection, bodies } of children) {
    for (const body of bodies) {
      const result = createRow(scope, collection.table, { body, cells: { [collection.lookup.column]: id } });
      if (result.kind === 'refused') return result;
    }
  }
  return { kind: 'done', id };
}
