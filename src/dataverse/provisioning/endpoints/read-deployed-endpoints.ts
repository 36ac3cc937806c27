import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { booleanOf, expandedOf, lookupOf, type TableRow, textOf } from '../../tables/table-row.js';
import type { Cells } from '../deployed-state.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { rowId } from './row-id.js';

/** Never a secret: Dataverse takes them and does not give them back. */
const ENDPOINT_CELLS = [
  'name',
  'description',
  'contract',
  'url',
  'authtype',
  'namespaceformat',
  'namespaceaddress',
  'solutionnamespace',
  'path',
  'saskeyname',
  'messageformat',
  'userclaim',
  'connectionmode',
  'isauthvalueset',
  'issaskeyset',
] as const;

const STEP_CELLS = [
  'name',
  'stage',
  'mode',
  'rank',
  'supporteddeployment',
  'asyncautodelete',
  'filteringattributes',
  'configuration',
  'statecode',
] as const;

/** What the environment has of the endpoints of these names, with the steps on them. */
export async function readDeployedEndpoints(
  tables: Pick<TableClient, 'list'>,
  names: readonly string[],
): Promise<readonly DeployedEndpoint[]> {
  const found = new Map<string, DeployedEndpoint>();
  for (const name of names) {
    const id = rowId('serviceendpoint', name);
    const rows = await tables.list('serviceendpoints', {
      select: ['serviceendpointid', 'ismanaged', ...ENDPOINT_CELLS],
      filter: `name eq ${literal(name)} or serviceendpointid eq ${id}`,
    });
    for (const row of rows) {
      const endpoint = endpointOf(row);
      found.set(endpoint.id, { ...endpoint, steps: await stepsOf(tables, endpoint) });
    }
  }
  return [...found.values()];
}

/** Those that call it, and those that are named as if they did: somebody may have moved one to another endpoint. */
async function stepsOf(
  tables: Pick<TableClient, 'list'>,
  { id, name }: DeployedEndpoint,
): Promise<readonly DeployedStep[]> {
  const rows = await tables.list('sdkmessageprocessingsteps', {
    select: ['sdkmessageprocessingstepid', '_eventhandler_value', 'ismanaged', ...STEP_CELLS],
    expand: ['sdkmessageid($select=name)'],
    filter: `_eventhandler_value eq ${id} or startswith(name,${literal(`${name}: `)})`,
  });
  return rows.map(stepOf);
}

function endpointOf(row: TableRow): DeployedEndpoint {
  return {
    id: textOf(row, 'serviceendpointid') ?? '',
    name: textOf(row, 'name') ?? '',
    isManaged: booleanOf(row, 'ismanaged') ?? false,
    cells: cellsOf(row, ENDPOINT_CELLS),
    steps: [],
  };
}

function stepOf(row: TableRow): DeployedStep {
  const message = expandedOf(row, 'sdkmessageid');
  return {
    id: textOf(row, 'sdkmessageprocessingstepid') ?? '',
    name: textOf(row, 'name') ?? '',
    isManaged: booleanOf(row, 'ismanaged') ?? false,
    message: message === null ? '' : (textOf(message, 'name') ?? ''),
    handlerId: lookupOf(row, 'eventhandler') ?? '',
    cells: cellsOf(row, STEP_CELLS),
  };
}

function cellsOf(row: TableRow, columns: readonly string[]): Cells {
  return Object.fromEntries(columns.map((column) => [column, cellOf(row[column])]));
}

function cellOf(value: unknown): Cells[string] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
