import { customApiFor } from '../../contract/custom-api.js';
import { PRIVILEGE_NEEDS } from '../../dataverse/privileges/privilege-needs.js';
import { readExecutePrivileges } from '../../dataverse/privileges/read-execute-privileges.js';
import type { TableClient } from '../../dataverse/tables/table-client.js';
import type { CliContext } from '../cli-context.js';
import { loadCatalog } from '../load-catalog.js';

/**
 * The privileges of a sending gateway: to verify, and those that its custom APIs ask of their callers. `diagnose`: also
 * those to read what the commands that look for faults read.
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
