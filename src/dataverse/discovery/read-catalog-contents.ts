import type { TableClient } from '../tables/table-client.js';
import { expandedOf, lookupOf, type TableRow, textOf } from '../tables/table-row.js';
import type { AssignmentRow, CatalogContents, CatalogRow } from './catalog-contents.js';
import { readCustomApis, readProcessActions } from './read-callables.js';
import { readTableOperations } from './read-table-operations.js';

/** Everything that is in the catalogs of an environment. */
export async function readCatalogContents(tables: TableClient): Promise<CatalogContents> {
  const catalogs = await tables.list('catalogs', {
    select: ['catalogid', 'uniquename', 'displayname', '_parentcatalogid_value'],
  });
  const rows = await tables.list('catalogassignments', {
    select: ['name', '_catalogid_value'],
    expand: ['CustomAPIId($select=customapiid)', 'WorkflowId($select=workflowid)', 'EntityId($select=logicalname)'],
  });
  const assignments = rows.map(assignmentIn);
  const cataloged = new Set(assignments.flatMap(({ table }) => (table === null ? [] : [table])));
  const hasActions = cataloged.size > 0 || assignments.some(({ workflowId }) => workflowId !== null);
  return {
    catalogs: catalogs.map(catalogIn),
    assignments,
    callables: [...(await readCustomApis(tables)), ...(hasActions ? await readProcessActions(tables) : [])],
    operations: await readTableOperations(tables, [...cataloged]),
  };
}

function catalogIn(row: TableRow): CatalogRow {
  return {
    id: textOf(row, 'catalogid') ?? '',
    uniqueName: textOf(row, 'uniquename') ?? '',
    displayName: textOf(row, 'displayname') ?? '',
    parentId: lookupOf(row, 'parentcatalogid'),
  };
}

function assignmentIn(row: TableRow): AssignmentRow {
  return {
    name: textOf(row, 'name') ?? '',
    categoryId: lookupOf(row, 'catalogid'),
    customApiId: textOf(expandedOf(row, 'CustomAPIId') ?? {}, 'customapiid'),
    workflowId: textOf(expandedOf(row, 'WorkflowId') ?? {}, 'workflowid'),
    table: textOf(expandedOf(row, 'EntityId') ?? {}, 'logicalname'),
  };
}
