import { narrowPrivileges } from '../../privileges/narrow-privileges.js';
import { DataverseRefusedError } from '../../tables/dataverse-refused.error.js';
import type { TableClient } from '../../tables/table-client.js';
import { type Comparison, compare } from '../compare/compare.js';
import { isRecreationDue } from '../plan/plan-recreation.js';
import { isSameName } from '../same-name.js';
import type { WishedState } from '../wished/wished-state.js';
import type { DeployedComponents, DeployedState } from './deployed-state.js';
import { doubtfulPrivileges } from './doubtful-privileges.js';
import { HiddenRowsError } from './hidden-rows.error.js';
import { missingNames } from './missing-names.js';
import { readCatalogs } from './read-catalogs.js';
import { readCustomApis } from './read-custom-apis.js';
import { readDependants } from './read-dependants.js';
import { readForeignMessages } from './read-foreign-messages.js';
import { readMissingPrivileges } from './read-missing-privileges.js';
import { readPublishers, readSolution } from './read-solution.js';

/** The state that was read, and how it compares with the wished one. */
export interface Compared<Deployed extends DeployedComponents> {
  readonly deployed: Deployed;
  readonly comparison: Comparison;
}

/** Reads what planning needs to know about an environment. Rejects as `TableClient` does. */
export async function readDeployedState(tables: TableClient, wished: WishedState): Promise<Compared<DeployedState>> {
  const [solution, publishers, missingPrivileges, { deployed, comparison }] = await Promise.all([
    wished.solution === null ? null : readSolution(tables, wished.solution),
    readPublishers(tables, wished.prefix),
    readMissingPrivileges(tables, wished),
    readComponents(tables, wished),
  ]);
  const stale = comparison.customApis.flatMap(({ standing: api }) =>
    api !== null && isRecreationDue(api) ? [api.row] : [],
  );
  const dependants = await readDependants(tables, stale);
  return { comparison, deployed: { ...deployed, solution, publishers, missingPrivileges, dependants } };
}

/**
 * Reads what verifying needs to know, which takes fewer privileges. Rejects as `TableClient` does, and with
 * `HiddenRowsError` if something that was not found may only be hidden.
 */
export async function readComponents(tables: TableClient, wished: WishedState): Promise<Compared<DeployedComponents>> {
  const names = wished.customApis.map(({ api }) => api.uniqueName);
  const [catalogs, customApis] = await Promise.all([
    readCatalogs(tables),
    readCustomApis(tables, names, { withAssignments: true }),
  ]);
  const messages = await readForeignMessages(tables, missingNames(wished, customApis));
  // Another `apply` may have made one since: this is read again, and a name that has a custom API by now is not
  // foreign.
  const madeSince = messages.length === 0 ? [] : await readCustomApis(tables, messages, { withAssignments: true });
  const foreignMessages = messages.filter((name) => !madeSince.some(({ cells }) => isSameName(cells.uniquename, name)));
  const deployed = { catalogs, customApis: [...customApis, ...madeSince], foreignMessages };
  const comparison = compare(wished, deployed);
  const hidden = await hiddenBehind(tables, doubtfulPrivileges(comparison));
  if (hidden.length > 0) throw new HiddenRowsError(hidden);
  return { deployed, comparison };
}

/** A user that may not read its own privileges is trusted: it provisions, so it has more than a sender's role. */
async function hiddenBehind(tables: TableClient, privileges: readonly string[]): Promise<readonly string[]> {
  if (privileges.length === 0) return [];
  try {
    return await narrowPrivileges(tables, privileges);
  } catch (error) {
    if (error instanceof DataverseRefusedError) return [];
    throw error;
  }
}
