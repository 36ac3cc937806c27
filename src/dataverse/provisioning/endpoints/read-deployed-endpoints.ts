import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { booleanOf, expandedOf, lookupOf, type TableRow, textOf } from '../../tables/table-row.js';
import type { Cells } from '../deployed/deployed-state.js';
import type { DeployedEndpoint, DeployedStep } from './deployed-endpoint.js';
import { rowId } from './row-id.js';

/** Never a secret: Dataverse does not return them. */
const ENDPOINT_CELLS = [
  'name',
  'description',
  'contract',
  'url',
  'authtype',
  'namespaceaddress',
  'path',
  'saskeyname',
  'messageformat',
  'userclaim',
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

/** How many messages go into one filter, so that an address stays far below the 32 KB Dataverse accepts. */
const MESSAGES_PER_FILTER = 50;

type Tables = Pick<TableClient, 'list'>;

/** The endpoints of the environment, and the steps on the messages. */
export interface DeployedListeners {
  /** With the steps on them. */
  readonly endpoints: readonly DeployedEndpoint[];
  /** All steps on the messages, with any author and any target. */
  readonly onMessages: readonly DeployedStep[];
}

/** The endpoints of these names, and the steps on these messages. */
export async function readDeployedEndpoints(
  tables: Tables,
  { names, messages }: { readonly names: readonly string[]; readonly messages: readonly string[] },
): Promise<DeployedListeners> {
  const found = new Map<string, DeployedEndpoint>();
  for (const name of names) {
    const id = rowId('serviceendpoint', name);
    const filter = `name eq ${literal(name)} or serviceendpointid eq ${id}`;
    for (const endpoint of await readEndpoints(tables, { filter })) {
      found.set(endpoint.id, { ...endpoint, steps: await stepsOf(tables, endpoint) });
    }
  }
  return { endpoints: [...found.values()], onMessages: await readStepsOn(tables, messages) };
}

/** Every service endpoint there is, without its steps. */
export function readAllEndpoints(tables: Tables): Promise<readonly DeployedEndpoint[]> {
  return readEndpoints(tables, { orderBy: 'name' });
}

/** All steps on these messages, with any author and any target. */
export async function readStepsOn(tables: Tables, messages: readonly string[]): Promise<readonly DeployedStep[]> {
  const steps: DeployedStep[] = [];
  for (let from = 0; from < messages.length; from += MESSAGES_PER_FILTER) {
    const some = messages.slice(from, from + MESSAGES_PER_FILTER);
    steps.push(...(await readSteps(tables, some.map((name) => `sdkmessageid/name eq ${literal(name)}`).join(' or '))));
  }
  return steps;
}

/** The steps that call it, and those that are named as if they did: somebody may have moved one to another endpoint. */
function stepsOf(tables: Tables, { id, name }: DeployedEndpoint): Promise<readonly DeployedStep[]> {
  return readSteps(tables, `_eventhandler_value eq ${id} or startswith(name,${literal(`${name}: `)})`);
}

async function readEndpoints(
  tables: Tables,
  which: { filter?: string; orderBy?: string },
): Promise<DeployedEndpoint[]> {
  const select = ['serviceendpointid', 'ismanaged', ...ENDPOINT_CELLS];
  return (await tables.list('serviceendpoints', { select, ...which })).map(endpointOf);
}

async function readSteps(tables: Tables, filter: string): Promise<DeployedStep[]> {
  const select = [
    'sdkmessageprocessingstepid',
    '_eventhandler_value',
    '_impersonatinguserid_value',
    'ismanaged',
    ...STEP_CELLS,
  ];
  const query = { select, expand: ['sdkmessageid($select=name)'], filter, orderBy: 'name' };
  return (await tables.list('sdkmessageprocessingsteps', query)).map(stepOf);
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
    cells: { ...cellsOf(row, STEP_CELLS), impersonatinguserid: lookupOf(row, 'impersonatinguserid') },
  };
}

function cellsOf(row: TableRow, columns: readonly string[]): Cells {
  return Object.fromEntries(columns.map((column) => [column, cellOf(row[column])]));
}

function cellOf(value: unknown): Cells[string] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
