import { narrowPrivileges } from '../../privileges/narrow-privileges.js';
import { DataverseRefusedError } from '../../tables/dataverse-refused.error.js';
import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { booleanOf, expandedOf, textOf } from '../../tables/table-row.js';
import type { Dependants, DeployedCustomApi } from './deployed-state.js';
import { isDefaultSolution } from './read-solution.js';

/** By the id of the custom API: what depends on it, and the solutions it belongs to. */
export async function readDependants(
  tables: TableClient,
  customApis: readonly DeployedCustomApi[],
): Promise<ReadonlyMap<string, Dependants>> {
  if (customApis.length === 0) return new Map();
  const unseen = await unseenFlows(tables);
  const read = customApis.map(async (api) => [api.id, await dependantsOf(tables, api, unseen)] as const);
  return new Map(await Promise.all(read));
}

async function dependantsOf(
  tables: TableClient,
  api: DeployedCustomApi,
  unseen: readonly string[],
): Promise<Dependants> {
  const [steps, flows, plugInType, solutions] = await Promise.all([
    readSteps(tables, api),
    readFlows(tables, api),
    unlessRefused(readPlugInType(tables, api), null),
    unlessRefused(readSolutions(tables, api), []),
  ]);
  return { steps, flows: [...flows, ...unseen], plugInType, solutions };
}

async function readSteps(tables: TableClient, { messageId }: DeployedCustomApi): Promise<Dependants['steps']> {
  if (messageId === null) return [];
  const rows = await tables.list('sdkmessageprocessingsteps', {
    select: ['sdkmessageprocessingstepid', 'name', 'ismanaged'],
    filter: `_sdkmessageid_value eq ${messageId}`,
  });
  return rows.map((row) => ({
    id: textOf(row, 'sdkmessageprocessingstepid') ?? '',
    name: textOf(row, 'name') ?? '',
    isManaged: booleanOf(row, 'ismanaged') ?? false,
  }));
}

/** A flow's trigger registers itself as a row of callbackregistration, with the message it waits for. */
async function readFlows(tables: TableClient, { cells }: DeployedCustomApi): Promise<readonly string[]> {
  const rows = await tables.list('callbackregistrations', {
    select: ['callbackregistrationid', 'name'],
    filter: `sdkmessagename eq ${literal(String(cells.uniquename))}`,
  });
  return rows.map((row) => textOf(row, 'name') ?? textOf(row, 'callbackregistrationid') ?? '');
}

/** Registrations have owners, the makers: a user that sees only its own cannot tell that no flow waits. */
async function unseenFlows(tables: TableClient): Promise<readonly string[]> {
  const privilege = 'prvReadCallbackRegistration';
  const narrow = await unlessRefused(narrowPrivileges(tables, [privilege]), [privilege]);
  return narrow.map((name) => `(any that this role is not shown: ${name} does not reach the whole organization)`);
}

async function readPlugInType(tables: TableClient, { cells }: DeployedCustomApi): Promise<string | null> {
  if (typeof cells.plugintypeid !== 'string') return null;
  const row = await tables.find('plugintypes', cells.plugintypeid, { select: ['typename', 'name'] });
  return row === null ? null : (textOf(row, 'typename') ?? textOf(row, 'name'));
}

async function readSolutions(tables: TableClient, { id }: DeployedCustomApi): Promise<readonly string[]> {
  const rows = await tables.list('solutioncomponents', {
    select: ['objectid'],
    expand: ['solutionid($select=uniquename)'],
    filter: `objectid eq ${id}`,
  });
  return rows
    .flatMap((row) => textOf(expandedOf(row, 'solutionid') ?? {}, 'uniquename') ?? [])
    .filter((name) => !isDefaultSolution(name));
}

/** These facts are only shown: a user that may not read them plans without. */
async function unlessRefused<T>(reading: Promise<T>, instead: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof DataverseRefusedError) return instead;
    throw error;
  }
}
