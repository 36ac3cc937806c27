import { keyOf } from '../rows.js';
import { rulesOf } from '../rules/rules-of.js';
import type { CollectionDefinition } from '../schema.js';
import type { Row, TableDefinition } from '../table-definition.js';
import type { Refusal, WriteResult } from '../write-result.js';
import { associated, inUse, notFound, notSupported } from './refusals.js';
import { leaveSolutions, refuseSolution } from './solution-membership.js';
import type { WriteScope } from './write-scope.js';

/** How a deletion treats rows that would prevent it. */
interface Deletion extends WriteScope {
  /** Whether rows that would prevent it are deleted too, and no rule is checked. */
  readonly uproot: boolean;
}

/** Deletes a row with everything that is deleted with it, unless another row prevents that. */
export function deleteRow(scope: WriteScope, table: TableDefinition, id: string): WriteResult {
  if (table.writable?.delete === false) return { kind: 'refused', ...notSupported(table, 'Delete') };
  const row = scope.rows.find(table.logicalName, id);
  if (row === null) return { kind: 'refused', ...notFound(table, id) };
  const deletion = { ...scope, uproot: false };
  const refusal = isUninstall(table, row)
    ? uninstall({ ...deletion, how: { ...scope.how, managed: true } }, table, row)
    : (refuseSolution(scope, table, null) ?? remove(deletion, table, row));
  return refusal === null ? { kind: 'done', id } : { kind: 'refused', ...refusal };
}

/** Deletes a row, and also the rows that would prevent it. */
export function uprootRow(scope: WriteScope, table: TableDefinition, row: Row): void {
  remove({ ...scope, uproot: true }, table, row);
}

/** The row goes first, which ends circles of rows that point to each other. A refusal undoes all of it. */
function remove(deletion: Deletion, table: TableDefinition, row: Row): Refusal | null {
  const refusal = deletion.uproot ? null : refuseRemoval(deletion, table, row);
  if (refusal !== null) return refusal;
  deletion.rows.remove(table, keyOf(table, row));
  leaveSolutions(deletion, keyOf(table, row));
  for (const collection of deletion.schema.collectionsOf(table.logicalName)) {
    const held = removeChildren(deletion, collection, { table, id: keyOf(table, row) });
    if (held !== null) return held;
  }
  return table.logicalName === 'customapi' ? removeMessage(deletion, row) : null;
}

function refuseRemoval(scope: WriteScope, table: TableDefinition, row: Row): Refusal | null {
  const refusal = rulesOf(table.logicalName).refuseRemoval?.(scope, row) ?? null;
  return refusal ?? (scope.how.managed === true ? null : refuseManaged(table, row));
}

function removeChildren(
  deletion: Deletion,
  { table: below, lookup }: CollectionDefinition,
  parent: { readonly table: TableDefinition; readonly id: string },
): Refusal | null {
  const children = deletion.rows.of(below.logicalName).filter((row) => row[lookup.column] === parent.id);
  if (children.length === 0) return null;
  if (lookup.onDelete === 'restrict' && !deletion.uproot) {
    return below.componentType === undefined ? associated() : inUse(parent.table, parent.id, children.length);
  }
  for (const child of children) {
    if (lookup.onDelete === 'remove-link') deletion.rows.store(below, { ...child, [lookup.column]: null });
    else {
      const refusal = remove(deletion, below, child);
      if (refusal !== null) return refusal;
    }
  }
  return null;
}

function isUninstall({ logicalName }: TableDefinition, { ismanaged }: Row): boolean {
  return logicalName === 'solution' && ismanaged === true;
}

/** A managed solution is deleted with the components that no other managed solution has, the newest first. */
function uninstall(deletion: Deletion, table: TableDefinition, solution: Row): Refusal | null {
  const { rows, schema } = deletion;
  const components = rows.of('solutioncomponent');
  const managed = (id: unknown) => rows.find('solution', `${id}`)?.ismanaged === true;
  const own = components.filter(({ solutionid }) => solutionid === solution.solutionid);
  const shared = new Set(
    components
      .filter(({ solutionid }) => solutionid !== solution.solutionid && managed(solutionid))
      .map(({ objectid }) => objectid),
  );
  for (const { componenttype, objectid } of own.toReversed().filter((part) => !shared.has(part.objectid ?? null))) {
    const of = schema.definitions.find(({ componentType }) => componentType === componenttype);
    const row = of === undefined ? null : rows.find(of.logicalName, `${objectid}`);
    const refusal = of === undefined || row?.ismanaged !== true ? null : remove(deletion, of, row);
    if (refusal !== null) return refusal;
  }
  return remove(deletion, table, solution);
}

/** The message of a custom API is deleted with it; steps prevent deleting the message, and so the custom API. */
function removeMessage(deletion: Deletion, { sdkmessageid }: Row): Refusal | null {
  const message = deletion.rows.find('sdkmessage', `${sdkmessageid}`);
  return message === null ? null : remove(deletion, deletion.schema.get('sdkmessage'), message);
}

/** CannotDeleteMetadata; only uninstalling its solution takes a managed component away. */
function refuseManaged({ schemaName, primaryKey }: TableDefinition, row: Row): Refusal | null {
  if (row.ismanaged !== true) return null;
  const message = `The 'Delete' operation on the current component(name='${schemaName}', id='${row[primaryKey]}') failed during managed property evaluation of condition: 'ismanaged'`;
  return { status: 400, code: '0x8004f032', message };
}
