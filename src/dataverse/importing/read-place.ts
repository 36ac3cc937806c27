import type { TableClient } from '../tables/table-client.js';
import { expandedOf, type TableRow, textOf } from '../tables/table-row.js';
import type { RegisteredApi, RegisteredCatalog } from './registered-api.js';

const TEXTS = 'uniquename,name,displayname';

/** Where a custom API or process action is cataloged: if in several places, the first by name; null if in none. */
export async function readPlace(tables: TableClient, id: string): Promise<RegisteredApi['place']> {
  const rows = await tables.list('catalogassignments', {
    select: ['catalogassignmentid'],
    filter: `_object_value eq ${id}`,
    expand: [`CatalogId($select=${TEXTS};$expand=ParentCatalogId($select=${TEXTS}))`],
  });
  const places = rows.flatMap((row) => {
    const category = expandedOf(row, 'CatalogId');
    const root = category === null ? null : expandedOf(category, 'ParentCatalogId');
    return category === null || root === null ? [] : [{ root: catalogIn(root), category: catalogIn(category) }];
  });
  const [first = null] = places.sort((one, other) => (one.category.uniqueName < other.category.uniqueName ? -1 : 1));
  return first;
}

function catalogIn(row: TableRow): RegisteredCatalog {
  return {
    uniqueName: textOf(row, 'uniquename') ?? '',
    name: textOf(row, 'name') ?? '',
    displayName: textOf(row, 'displayname') ?? '',
  };
}
