import type { TableClient } from '../../tables/table-client.js';
import { compare } from '../compare/compare.js';
import { isRecreationDue } from '../plan/plan-recreation.js';
import type { WishedState } from '../wished/wished-state.js';
import type { DeployedState } from './deployed-state.js';
import { missingNames } from './missing-names.js';
import { readCatalogs } from './read-catalogs.js';
import { readCustomApis } from './read-custom-apis.js';
import { readDependants } from './read-dependants.js';
import { readForeignMessages } from './read-foreign-messages.js';
import { readPublishers, readSolution } from './read-solution.js';

/** Reads what an environment holds of what is wished. Rejects as `TableClient` does. */
export async function readDeployedState(tables: TableClient, wished: WishedState): Promise<DeployedState> {
  const names = wished.customApis.map(({ api }) => api.uniqueName);
  const [solution, publishers, catalogs, customApis] = await Promise.all([
    wished.solution === null ? null : readSolution(tables, wished.solution),
    readPublishers(tables, wished.prefix),
    readCatalogs(tables),
    readCustomApis(tables, names),
  ]);
  const foreignMessages = await readForeignMessages(tables, missingNames(wished, customApis));
  const deployed = { solution, publishers, catalogs, customApis, foreignMessages, dependants: new Map() };
  const stale = compare(wished, deployed).customApis.flatMap(({ standing: api }) =>
    api !== null && isRecreationDue(api) ? [api.row] : [],
  );
  return { ...deployed, dependants: await readDependants(tables, stale) };
}
