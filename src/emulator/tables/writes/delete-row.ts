import { rulesOf } from '../rules/rules-of.js';
import type { CollectionDefinition } from '../schema.js';
import type { Row, TableDefinition } from '../table-definition.js';
import type { Refusal, WriteResult } from '../write-result.js';
import { associated, inUse, notFound, notSupported } from './refusals.js';
import { leaveSolutions, refuseSolution } from './solution-membership.js';
import type { WriteScope } from './write-scope.js';

/** Deletes a row with all that goes with it, unless something holds it. */
export function deleteRow(scope: WriteScope, table: TableDefinition, id: string): WriteResult {
  if (table.writable?.delete === false) return { kind: 'refused', ...notSupported(table, 'Delete') };
  const row = scope.rows.find(table.logicalName, id);
  if (row === null) return { kind: 'refused', ...notFound(table, id) };
  const refusal = refuseSolution(scope, table, null) ?? remove(scope, table, row);
  return refusal === null ? { kind: 'done', id } : { kind: 'refused', ...refusal };
}

/** Deletes a row whatever holds it: what would hold it goes too. */
export function uprootRow(scope: WriteScope, table: TableDefinition, row: Row): void {
  remove(scope, table, row, true);
}

function remove(scope: WriteScope, table: TableDefinition, row: Row, uproot = false): Refusal | null {
  const id = `${row[table.primaryKey]}`;
  if (!uproot) {
    const refusal =
      rulesOf(table.logicalName).refuseRemoval?.(scope, row) ??
      (scope.how.managed === true ? null : refuseManaged(table, row));
    if (refusal !== null) return refusal;
  }
  for (const collection of scope.schema.collectionsOf(table.logicalName)) {
    const refusal = removeChildren(scope, { collection, table, id, uproot });
    if (refusal !== null) return refusal;
  }
  scope.rows.remove(table, id);
  leaveSolutions(scope, id);
  return removeMessage(scope, table, { row, uproot });
}

interface Removal {
  readonly collection: CollectionDefinition;
  readonly table: TableDefinition;
  readonly id: string;
  readonly uproot: boolean;
}

function removeChildren(scope: WriteScope, { collection, table, id, uproot }: Removal): Refusal | null {
  const { lookup, table: below } = collection;
  const children = scope.rows.of(below.logicalName).filter((row) => row[lookup.column] === id);
  if (children.length === 0) return null;
  if (lookup.onDelete === 'restrict' && !uproot) {
    return below.componentType === undefined ? associated() : inUse(table, id, children.length);
  }
  for (const child of children) {
    if (lookup.onDelete === 'remove-link') scope.rows.store(below, { ...child, [lookup.column]: null });
    else {
      const refusal = remove(scope, below, child, uproot);
      if (refusal !== null) return refusal;
    }
  }
  return null;
}

/** The message of a custom API goes with it; steps hold it, and with it the custom API. */
function removeMessage(
  scope: WriteScope,
  table: TableDefinition,
  { row, uproot }: { readonly row: Row; readonly uproot: boolean },
): Refusal | null {
  if (table.logicalName !== 'customapi') return null;
  const message = scope.rows.find('sdkmessage', `${row.sdkmessageid}`);
  return message === null ? null : remove(scope, scope.schema.get('sdkmessage'), message, uproot);
}

/** CannotDeleteMetadata; only uninstalling its solution takes a managed component away. */
function refuseManaged({ schemaName, primaryKey }: TableDefinition, row: Row): Refusal | null {
  if (row.ismanaged !== true) return null;
  const message = `The 'Delete' operation on the current component(name='${schemaName}', id='${row[primaryKey]}') failed during managed property evaluation of condition: 'ismanaged'`;
  return { status: 400, code: '0x8004f032', message };
}
