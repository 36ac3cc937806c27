import type { TableClient } from '../../tables/table-client.js';
import { lookupOf } from '../../tables/table-row.js';
import type { DeployedCatalog } from './deployed-state.js';
import { readRow } from './read-row.js';

const COLUMNS = ['uniquename', 'name', 'displayname', 'description', 'statecode', 'iscustomizable', 'ismanaged'];

/** All catalogs and categories: there are only tens of them, and one may be at an unexpected place. */
export async function readCatalogs(tables: TableClient): Promise<readonly DeployedCatalog[]> {
  const rows = await tables.list('catalogs', { select: ['catalogid', '_parentcatalogid_value', ...COLUMNS] });
  return rows.map((row) => ({ ...readRow(row, 'catalogid', COLUMNS), parentId: lookupOf(row, 'parentcatalogid') }));
}
