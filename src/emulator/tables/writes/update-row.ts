import { rulesOf } from '../rules/rules-of.js';
import type { Cell, Row, TableDefinition } from '../table-definition.js';
import { type Refusal, refused, type WriteResult } from '../write-result.js';
import { readBody } from './read-body.js';
import { invalid, notFound, notSupported } from './refusals.js';
import { refuseRow } from './refuse-row.js';
import { joinSolution, refuseSolution } from './solution-membership.js';
import type { WriteScope } from './write-scope.js';

/** Changes the columns of a row that a body names. */
export function updateRow(
  scope: WriteScope,
  table: TableDefinition,
  { id, body }: { readonly id: string; readonly body: unknown },
): WriteResult {
  if (table.writable?.update === false) return refused(notSupported(table, 'Update'));
  const before = scope.rows.find(table.logicalName, id);
  if (before === null) return refused(notFound(table, id));
  const read = readBody(scope, table, { body, verb: 'update' });
  if (read.kind === 'refused') return refused(read.refusal);
  const { refuse, complete, stored } = rulesOf(table.logicalName);
  const changed = {
    ...before,
    ...read.cells,
    ...reasonOf(table, read.cells),
    modifiedon: scope.now,
    modifiedby: scope.how.userId,
  };
  const row = complete?.(scope, changed, before) ?? changed;
  const refusal =
    (scope.how.managed === true ? null : refuseManaged(before)) ??
    refuseRow(scope, table, { row, verb: 'Update' }) ??
    refuseSolution(scope, table, null) ??
    refuse?.(scope, row, before);
  if (refusal) return refused(refusal);
  const kept = scope.rows.store(table, row);
  stored?.(scope, kept, before);
  if (scope.how.solution !== null) joinSolution(scope, table, id);
  return { kind: 'done', id };
}

/** A managed row can be changed where it is customizable: the change is a layer of its own then, which is not shown here. */
function refuseManaged({ ismanaged, iscustomizable }: Row): Refusal | null {
  return ismanaged === true && iscustomizable === false
    ? invalid(
        'The evaluation of the current component failed during managed property evaluation of condition: iscustomizable.',
      )
    : null;
}

/** The reason goes with the state where an update names the state alone. */
function reasonOf(
  table: TableDefinition,
  { statecode, statuscode }: Readonly<Record<string, Cell>>,
): Readonly<Record<string, Cell>> {
  if (typeof statecode !== 'number' || statuscode !== undefined) return {};
  const reasons = table.columns.find(({ name }) => name === 'statuscode')?.options ?? [];
  return reasons.includes(statecode + 1) ? { statuscode: statecode + 1 } : {};
}
