import { customApiFor } from '../../contract/custom-api.js';
import { PRIVILEGE_NEEDS } from '../../dataverse/privileges/privilege-needs.js';
import { readExecutePrivileges } from '../../dataverse/privileges/read-execute-privileges.js';
import type { TableClient } from '../../dataverse/tables/table-client.js';
import type { CliContext } from '../cli-context.js';
import { loadCatalog } from '../load-catalog.js';

/**
 * What a sending gateway has to hold: to verify, and whatever its custom APIs ask of their callers. `diagnose`: and what
 * the commands read that look for what goes wrong.
 */
export async function neededPrivileges(
  tables: TableClient,
  context: CliContext,
  diagnose: boolean,
): Promise<readonly string[]> {
  const { catalog, prefix } = await loadCatalog(context);
  const customApis = catalog.definitions.map((definition) => customApiFor(definition, prefix).uniqueName);
  const asked = await readExecutePrivileges(tables, customApis);
  return [...new Set([...PRIVILEGE_NEEDS.verify, ...(diagnose ? PRIVILEGE_NEEDS.diagnose : []), ...asked.values()])];
}
