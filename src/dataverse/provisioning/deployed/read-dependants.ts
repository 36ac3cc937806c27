import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { textOf } from '../../tables/table-row.js';
import type { Dependants, DeployedCustomApi } from './deployed-state.js';

/** By the id of the custom API: the steps on its message, and the flows that wait for it. */
export async function readDependants(
  tables: TableClient,
  customApis: readonly DeployedCustomApi[],
): Promise<ReadonlyMap<string, Dependants>> {
  const read = customApis.map(async (api) => [api.id, await dependantsOf(tables, api)] as const);
  return new Map(await Promise.all(read));
}

async function dependantsOf(tables: TableClient, { messageId, cells }: DeployedCustomApi): Promise<Dependants> {
  const [steps, flows] = await Promise.all([
    messageId === null
      ? []
      : tables.list('sdkmessageprocessingsteps', {
          select: ['sdkmessageprocessingstepid', 'name'],
          filter: `_sdkmessageid_value eq ${messageId}`,
        }),
    // A flow's trigger registers itself as a row of callbackregistration, with the message it waits for.
    tables.list('callbackregistrations', {
      select: ['callbackregistrationid', 'name'],
      filter: `sdkmessagename eq ${literal(String(cells.uniquename))}`,
    }),
  ]);
  return {
    steps: steps.map((row) => ({
      id: textOf(row, 'sdkmessageprocessingstepid') ?? '',
      name: textOf(row, 'name') ?? '',
    })),
    flows: flows.map((row) => textOf(row, 'name') ?? textOf(row, 'callbackregistrationid') ?? ''),
  };
}
