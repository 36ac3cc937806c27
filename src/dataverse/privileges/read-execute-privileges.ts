import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { textOf } from '../tables/table-row.js';

/** The privilege that a caller needs, by custom API; only for those that exist and need one. */
export async function readExecutePrivileges(
  tables: TableClient,
  customApis: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (customApis.length === 0) return new Map();
  const filter = customApis.map((name) => `uniquename eq ${literal(name)}`).join(' or ');
  const rows = await tables.list('customapis', { select: ['uniquename', 'executeprivilegename'], filter });
  return new Map(
    rows.flatMap((row) => {
      const [name, privilege] = [textOf(row, 'uniquename'), textOf(row, 'executeprivilegename')];
      return name === null || privilege === null ? [] : [[name, privilege] as const];
    }),
  );
}
