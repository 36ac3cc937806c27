import { DataverseRefusedError } from '../../tables/dataverse-refused.error.js';
import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import type { WishedState } from '../wished/wished-state.js';

/**
 * The privileges that callers should need and that do not exist. A user that may not read privileges finds none
 * missing.
 */
export async function readMissingPrivileges(
  tables: TableClient,
  { customApis }: WishedState,
): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const name of new Set(customApis.flatMap(({ executePrivilege }) => executePrivilege ?? []))) {
    if (!(await mayExist(tables, name))) missing.push(name);
  }
  return missing;
}

async function mayExist(tables: TableClient, name: string): Promise<boolean> {
  try {
    const found = await tables.list('privileges', { select: ['name'], filter: `name eq ${literal(name)}`, top: 1 });
    return found.length > 0;
  } catch (error) {
    if (error instanceof DataverseRefusedError) return true;
    throw error;
  }
}
