import { seedOrganization } from '../../../src/emulator/tables/seeds/seed-organization.js';
import type { Row } from '../../../src/emulator/tables/table-definition.js';
import { Tables } from '../../../src/emulator/tables/tables.js';
import type { WriteHow } from '../../../src/emulator/tables/write-result.js';
import { DEFAULT_UNCONFIRMED_POINTS, type UnconfirmedPoints } from '../../../src/emulator/unconfirmed-points.js';
import { SystemClock } from '../../../src/kernel/clock.js';

export const USER_ID = '0199d1a2-0000-4000-8000-0000000000aa';
/** A write to the default solution. */
export const HOW: WriteHow = { userId: USER_ID, solution: null };

/** The tables of a new organization, without a server around them. */
export function seededTables(unconfirmed: Partial<UnconfirmedPoints> = {}): Tables {
  const points = { ...DEFAULT_UNCONFIRMED_POINTS, ...unconfirmed };
  const tables = new Tables({ clock: new SystemClock(), points, file: null });
  seedOrganization(tables, 'contoso');
  return tables;
}

/** A custom API as Microsoft's sample creates it, without parameters. */
export function apiBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...bodyOf('contoso_OnPurchase'), allowedcustomprocessingsteptype: 1, ...more };
}

export function parameterBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...bodyOf('OrderId'), type: 10, isoptional: false, logicalentityname: null, ...more };
}

export function catalogBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...bodyOf('contoso_Sales'), ...more };
}

export function stepBody(
  tables: Tables,
  of: { readonly message: string; readonly endpoint: string },
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    name: `${of.endpoint}: ${of.message}`,
    stage: 40,
    mode: 1,
    rank: 1,
    'sdkmessageid@odata.bind': `/sdkmessages(${rowOf(tables, 'sdkmessage', { name: of.message }).sdkmessageid})`,
    'eventhandler_serviceendpoint@odata.bind': `serviceendpoints(${of.endpoint})`,
    ...more,
  };
}

export function webhookBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: 'Listener',
    url: 'https://listener.example/events',
    contract: 8,
    authtype: 4,
    authvalue: 'code',
    ...more,
  };
}

export function queueBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    name: 'Queue',
    contract: 6,
    authtype: 2,
    namespaceformat: 2,
    namespaceaddress: 'sb://contoso.servicebus.windows.net/',
    path: 'events',
    saskeyname: 'send',
    saskey: 'secret',
    messageformat: 2,
    ...more,
  };
}

/** Creates a row that has to be taken; its id. */
export function created(tables: Tables, table: string, body: unknown, how: WriteHow = HOW): string {
  const result = tables.create(table, body, how);
  if (result.kind === 'refused') throw new Error(`${table} was refused: ${result.code} ${result.message}`);
  return result.id;
}

/** The one row with these cells. */
export function rowOf(tables: Tables, table: string, cells: Row): Row {
  const rows = tables
    .rows(table)
    .filter((row) => Object.entries(cells).every(([column, cell]) => row[column] === cell));
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0)
    throw new Error(`${rows.length} rows of ${table}: ${JSON.stringify(cells)}`);
  return row;
}

function bodyOf(name: string) {
  return { uniquename: name, name, displayname: name, description: 'For tests.' };
}
