import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { expandedOf, textOf } from '../tables/table-row.js';

/**
 * The operations that a cataloged table exposes and supports; custom APIs bound to the table are read elsewhere.
 * Source: learn.microsoft.com, Catalog and CatalogAssignment tables.
 */
const EXPOSED: ReadonlySet<string> = new Set([
  'Create',
  'Update',
  'Delete',
  'GrantAccess',
  'ModifyAccess',
  'RevokeAccess',
  'OnExternalCreated',
  'OnExternalUpdated',
  'OnExternalDeleted',
]);

/** How many tables go into one filter: far below the longest address. */
const TABLES_PER_REQUEST = 20;

/** By table: the operations that its assignment exposes and the platform has filters for. */
export async function readTableOperations(
  tables: TableClient,
  logicalNames: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const operations = new Map<string, string[]>(logicalNames.map((name) => [name, []]));
  for (let start = 0; start < logicalNames.length; start += TABLES_PER_REQUEST) {
    const asked = logicalNames.slice(start, start + TABLES_PER_REQUEST);
    const rows = await tables.list('sdkmessagefilters', {
      select: ['primaryobjecttypecode'],
      filter: `iscustomprocessingstepallowed eq true and isvisible eq true and (${asked.map(isTable).join(' or ')})`,
      expand: ['sdkmessageid($select=name)'],
    });
    for (const row of rows) {
      const name = textOf(expandedOf(row, 'sdkmessageid') ?? {}, 'name') ?? '';
      if (EXPOSED.has(name)) operations.get(textOf(row, 'primaryobjecttypecode') ?? '')?.push(name);
    }
  }
  return operations;
}

function isTable(logicalName: string): string {
  return `primaryobjecttypecode eq ${literal(logicalName)}`;
}
