import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { booleanOf, childrenOf, lookupOf, numberOf, type TableRow, textOf } from '../tables/table-row.js';
import { readPlace } from './read-place.js';
import type { RegisteredApi, RegisteredParameter } from './registered-api.js';

const COLUMNS = [
  'customapiid',
  'uniquename',
  'name',
  'displayname',
  'description',
  'bindingtype',
  'boundentitylogicalname',
  'isfunction',
  'isprivate',
  'ismanaged',
  'allowedcustomprocessingsteptype',
  'workflowsdkstepenabled',
  '_plugintypeid_value',
];

const PARAMETER_COLUMNS = [
  'uniquename',
  'name',
  'displayname',
  'description',
  'type',
  'isoptional',
  'logicalentityname',
];

/** The custom API with a unique name, and everything that belongs to it; null where there is none. */
export async function readRegisteredApi(tables: TableClient, uniqueName: string): Promise<RegisteredApi | null> {
  const [row] = await tables.list('customapis', {
    select: COLUMNS,
    filter: `uniquename eq ${literal(uniqueName)}`,
    expand: [
      `CustomAPIRequestParameters($select=${PARAMETER_COLUMNS.join(',')})`,
      'CustomAPIResponseProperties($select=uniquename)',
    ],
  });
  const id = row === undefined ? null : textOf(row, 'customapiid');
  return row === undefined || id === null ? null : { ...apiIn(row), place: await readPlace(tables, id) };
}

function apiIn(row: TableRow): Omit<RegisteredApi, 'place'> {
  return {
    kind: 'custom-api',
    uniqueName: textOf(row, 'uniquename') ?? '',
    name: textOf(row, 'name') ?? '',
    displayName: textOf(row, 'displayname') ?? '',
    description: textOf(row, 'description') ?? '',
    boundTable: numberOf(row, 'bindingtype') === 0 ? null : (textOf(row, 'boundentitylogicalname') ?? 'unknown'),
    isFunction: booleanOf(row, 'isfunction') ?? false,
    isPrivate: booleanOf(row, 'isprivate') ?? false,
    isManaged: booleanOf(row, 'ismanaged') ?? false,
    isWorkflowStep: booleanOf(row, 'workflowsdkstepenabled') ?? false,
    stepType: numberOf(row, 'allowedcustomprocessingsteptype') ?? 0,
    hasPlugin: lookupOf(row, 'plugintypeid') !== null,
    parameters: childrenOf(row, 'CustomAPIRequestParameters').map(parameterIn),
    responseProperties: childrenOf(row, 'CustomAPIResponseProperties').map(
      (property) => textOf(property, 'uniquename') ?? '',
    ),
  };
}

function parameterIn(row: TableRow): RegisteredParameter {
  return {
    uniqueName: textOf(row, 'uniquename') ?? '',
    name: textOf(row, 'name') ?? '',
    displayName: textOf(row, 'displayname') ?? '',
    description: textOf(row, 'description') ?? '',
    type: numberOf(row, 'type'),
    isOptional: booleanOf(row, 'isoptional') ?? false,
    logicalEntityName: textOf(row, 'logicalentityname'),
    chosen: null,
  };
}
