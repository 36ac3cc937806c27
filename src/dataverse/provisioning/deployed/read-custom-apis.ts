import type { TableClient } from '../../tables/table-client.js';
import { literal } from '../../tables/table-query.js';
import { childrenOf, lookupOf, type TableRow } from '../../tables/table-row.js';
import type { DeployedAssignment, DeployedCustomApi } from './deployed-state.js';
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
const EXPANDED = [
  `CustomAPIRequestParameters($select=${PARAMETER_COLUMNS.join(',')})`,
  'CustomAPIResponseProperties($select=uniquename,ismanaged)',
  'CatalogAssignments($select=name,statecode,iscustomizable,ismanaged,_catalogid_value)',
];

/** So many names to a request: an address has room for 32 KiB. */
const NAMES_AT_ONCE = 50;

/** The custom APIs of these unique names with all they are made of, in one request for up to fifty. */
export async function readCustomApis(
  tables: TableClient,
  names: readonly string[],
): Promise<readonly DeployedCustomApi[]> {
  const rows: TableRow[] = [];
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const filter = names
      .slice(from, from + NAMES_AT_ONCE)
      .map((name) => `uniquename eq ${literal(name)}`)
      .join(' or ');
    const select = ['customapiid', '_sdkmessageid_value', '_plugintypeid_value', ...API_COLUMNS];
    rows.push(...(await tables.list('customapis', { select, filter, expand: EXPANDED })));
  }
  return rows.map(customApiIn);
}

function customApiIn(row: TableRow): DeployedCustomApi {
  const api = readRow(row, 'customapiid', API_COLUMNS);
  return {
    ...api,
    cells: { ...api.cells, plugintypeid: lookupOf(row, 'plugintypeid') },
    messageId: lookupOf(row, 'sdkmessageid'),
    parameters: childrenOf(row, 'CustomAPIRequestParameters').map((child) =>
      readRow(child, 'customapirequestparameterid', PARAMETER_COLUMNS),
    ),
    responseProperties: childrenOf(row, 'CustomAPIResponseProperties').map((child) =>
      readRow(child, 'customapiresponsepropertyid', ['uniquename']),
    ),
    assignments: childrenOf(row, 'CatalogAssignments').map(assignmentIn),
  };
}

function assignmentIn(row: TableRow): DeployedAssignment {
  const assignment = readRow(row, 'catalogassignmentid', ['name', 'statecode', 'iscustomizable']);
  return { ...assignment, catalogId: lookupOf(row, 'catalogid') };
}
