import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { childrenOf, lookupOf, type TableRow, textOf } from '../../tables/table-row.js';
import type { DeployedAssignment, DeployedCustomApi } from './deployed-state.js';
import { inPortions } from './in-portions.js';
import { readRow } from './read-row.js';

const TEXTS = ['uniquename', 'name', 'displayname', 'description'];
const STATE = ['statecode', 'iscustomizable', 'ismanaged'];

const API_COLUMNS = [
  ...TEXTS,
  'bindingtype',
  'boundentitylogicalname',
  'isfunction',
  'isprivate',
  'allowedcustomprocessingsteptype',
  'workflowsdkstepenabled',
  'executeprivilegename',
  ...STATE,
];
const PARAMETER_COLUMNS = [...TEXTS, 'type', 'isoptional', 'logicalentityname', ...STATE];
const ASSIGNMENTS = 'CatalogAssignments($select=name,statecode,iscustomizable,ismanaged,_catalogid_value)';

export interface CustomApiReading {
  /** Whether assignments are read, which takes a privilege of its own; without that there seem to be none. */
  readonly withAssignments: boolean;
}

/** The custom APIs of these unique names with all of their parts, in three requests for up to fifty. */
export async function readCustomApis(
  tables: TableClient,
  names: readonly string[],
  reading: CustomApiReading,
): Promise<readonly DeployedCustomApi[]> {
  return inPortions(names, (some) => readSome(tables, some, reading));
}

async function readSome(
  tables: TableClient,
  names: readonly string[],
  { withAssignments }: CustomApiReading,
): Promise<readonly DeployedCustomApi[]> {
  const rows = await tables.list('customapis', {
    select: ['customapiid', '_sdkmessageid_value', '_plugintypeid_value', ...API_COLUMNS],
    filter: names.map((name) => `uniquename eq ${literal(name)}`).join(' or '),
    ...(withAssignments ? { expand: [ASSIGNMENTS] } : {}),
  });
  const ids = rows.flatMap((row) => textOf(row, 'customapiid') ?? []);
  const [parameters, responseProperties] = await Promise.all([
    listParts(tables, ids, { set: 'customapirequestparameters', columns: PARAMETER_COLUMNS }),
    listParts(tables, ids, { set: 'customapiresponseproperties', columns: ['uniquename', 'ismanaged'] }),
  ]);
  return rows.map((row) => customApiIn(row, parameters, responseProperties));
}

/**
 * Lists of their own instead of `$expand`: older environments answer an expansion with a link for each custom API,
 * which would be two more requests for each event type.
 */
async function listParts(
  tables: TableClient,
  ids: readonly string[],
  { set, columns }: { readonly set: string; readonly columns: readonly string[] },
): Promise<readonly TableRow[]> {
  if (ids.length === 0) return [];
  const filter = ids.map((id) => `_customapiid_value eq ${id}`).join(' or ');
  return tables.list(set, { select: ['_customapiid_value', ...columns], filter });
}

function customApiIn(
  row: TableRow,
  parameters: readonly TableRow[],
  responseProperties: readonly TableRow[],
): DeployedCustomApi {
  const api = readRow(row, 'customapiid', API_COLUMNS);
  const isOurs = (part: TableRow) => lookupOf(part, 'customapiid') === api.id;
  return {
    ...api,
    cells: { ...api.cells, plugintypeid: lookupOf(row, 'plugintypeid') },
    messageId: lookupOf(row, 'sdkmessageid'),
    parameters: parameters
      .filter(isOurs)
      .map((part) => readRow(part, 'customapirequestparameterid', PARAMETER_COLUMNS)),
    responseProperties: responseProperties
      .filter(isOurs)
      .map((part) => readRow(part, 'customapiresponsepropertyid', ['uniquename'])),
    assignments: childrenOf(row, 'CatalogAssignments').map(assignmentIn),
  };
}

function assignmentIn(row: TableRow): DeployedAssignment {
  const assignment = readRow(row, 'catalogassignmentid', ['name', 'statecode', 'iscustomizable']);
  return { ...assignment, catalogId: lookupOf(row, 'catalogid') };
}
