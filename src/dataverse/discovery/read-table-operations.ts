import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { expandedOf, textOf } from '../tables/table-row.js';

/**
 * What a cataloged table exposes, as far as it supports it; what is bound to it comes besides.
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

/** So many tables go into one filter, far below the length an address may have. */
const TABLES_PER_REQUEST = 20;

/** By table: the operations its assignment exposes, which are those the platform has filters for. */
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
