import { actionInputs } from '../importing/action-inputs.js';
import type { TableClient } from '../tables/table-client.js';
import { booleanOf, childrenOf, expandedOf, numberOf, type TableRow, textOf } from '../tables/table-row.js';
import type { CallableRow } from './catalog-contents.js';

/** Every custom API that can be an event: functions cannot. */
export async function readCustomApis(tables: TableClient): Promise<readonly CallableRow[]> {
  const rows = await tables.list('customapis', {
    select: ['customapiid', 'uniquename', 'displayname', 'bindingtype', 'boundentitylogicalname', 'isprivate'],
    filter: 'isfunction eq false',
    expand: ['CustomAPIRequestParameters($select=uniquename)'],
  });
  return rows.map((row) => ({
    kind: 'custom-api',
    id: textOf(row, 'customapiid') ?? '',
    name: textOf(row, 'uniquename') ?? '',
    displayName: textOf(row, 'displayname') ?? '',
    table: numberOf(row, 'bindingtype') === 0 ? null : textOf(row, 'boundentitylogicalname'),
    parameters: childrenOf(row, 'CustomAPIRequestParameters').length,
    isPrivate: booleanOf(row, 'isprivate') ?? false,
    isActive: true,
  }));
}

/** Every custom process action; where one is active, `$metadata` is read for their inputs. */
export async function readProcessActions(tables: TableClient): Promise<readonly CallableRow[]> {
  const rows = await tables.list('workflows', {
    select: ['workflowid', 'uniquename', 'name', 'primaryentity', 'statecode'],
    // Category 3 are actions; type 1 is the definition, the other types are its running copies.
    filter: 'category eq 3 and type eq 1',
    expand: ['sdkmessageid($select=name)'],
  });
  const metadata = rows.some(isActivated) ? await tables.metadata() : '';
  return rows.map((row) => processActionIn(row, metadata));
}

function processActionIn(row: TableRow, metadata: string): CallableRow {
  const name = textOf(expandedOf(row, 'sdkmessageid') ?? {}, 'name') ?? textOf(row, 'uniquename') ?? '';
  const table = textOf(row, 'primaryentity');
  return {
    kind: 'process-action',
    id: textOf(row, 'workflowid') ?? '',
    name,
    displayName: textOf(row, 'name') ?? '',
    table: table === 'none' ? null : table,
    parameters: actionInputs(metadata, name)?.parameters.length ?? null,
    isPrivate: false,
    isActive: isActivated(row),
  };
}

function isActivated(row: TableRow): boolean {
  return numberOf(row, 'statecode') === 1;
}
