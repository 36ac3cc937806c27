import { readRolePrivileges } from '../privileges/read-privileges.js';
import type { TableClient } from '../tables/table-client.js';
import { literal } from '../tables/table-query.js';
import { booleanOf, childrenOf, lookupOf, type TableRow, textOf } from '../tables/table-row.js';
import { GrantNotPossibleError } from './grant-not-possible.error.js';
import type { FoundRole, FoundUser, GrantState } from './grant-state.js';
import type { Grant } from './plan-grant.js';

/** How many names a filter takes at most: the length of an address is limited. */
const NAMES_AT_ONCE = 20;

/**
 * Reads the current state. `businessUnitId` names where a new user is created, null for the root. Throws
 * `GrantNotPossibleError` where the business unit does not exist, or is not that of the user.
 */
export async function readGrantState(
  tables: TableClient,
  grant: Grant,
  businessUnitId: string | null,
): Promise<GrantState> {
  const user = await readUser(tables, grant.clientId);
  const businessUnit = await readBusinessUnit(tables, user, businessUnitId);
  return {
    user,
    businessUnit,
    role: await readRole(tables, grant.roleName, businessUnit.id),
    privileges: await readPrivileges(tables, grant.privileges),
  };
}

async function readUser(tables: TableClient, clientId: string): Promise<FoundUser | null> {
  const [row] = await tables.list('systemusers', {
    select: ['systemuserid', 'fullname', 'isdisabled', '_businessunitid_value'],
    filter: `applicationid eq ${clientId}`,
    expand: ['systemuserroles_association($select=roleid)'],
  });
  if (row === undefined) return null;
  return {
    id: required(row, 'systemuserid'),
    name: textOf(row, 'fullname'),
    isDisabled: booleanOf(row, 'isdisabled') ?? false,
    businessUnitId: lookupOf(row, 'businessunitid') ?? '',
    roleIds: childrenOf(row, 'systemuserroles_association').map((role) => required(role, 'roleid')),
  };
}

async function readBusinessUnit(tables: TableClient, user: FoundUser | null, wished: string | null) {
  const select = ['businessunitid', 'name'];
  const id = user?.businessUnitId ?? wished;
  if (user !== null && wished !== null && user.businessUnitId.toLowerCase() !== wished.toLowerCase()) {
    throw new GrantNotPossibleError(
      `The application user is in business unit ${user.businessUnitId} and not in ${wished}: leave --business-unit out to keep it there, or move it in the admin center first.`,
    );
  }
  const row =
    id === null
      ? (await tables.list('businessunits', { select, filter: '_parentbusinessunitid_value eq null' }))[0]
      : await tables.find('businessunits', id, { select });
  if (row === null || row === undefined) throw new GrantNotPossibleError(`There is no business unit ${id ?? ''}.`);
  return { id: required(row, 'businessunitid'), name: textOf(row, 'name') };
}

/** A role of the same name in another business unit is another role, and cannot be assigned here. */
async function readRole(tables: TableClient, name: string, businessUnitId: string): Promise<FoundRole | null> {
  const filter = `name eq ${literal(name)} and _businessunitid_value eq ${businessUnitId}`;
  const [row] = await tables.list('roles', { select: ['roleid'], filter });
  if (row === undefined) return null;
  const id = required(row, 'roleid');
  return { id, privileges: await readRolePrivileges(tables, id) };
}

async function readPrivileges(tables: TableClient, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map(names.map((name) => [name.toLowerCase(), name]));
  const found = new Map<string, string>();
  for (let from = 0; from < names.length; from += NAMES_AT_ONCE) {
    const some = names.slice(from, from + NAMES_AT_ONCE);
    const filter = some.map((name) => `name eq ${literal(name)}`).join(' or ');
    for (const row of await tables.list('privileges', { select: ['privilegeid', 'name'], filter })) {
      const name = wanted.get((textOf(row, 'name') ?? '').toLowerCase());
      if (name !== undefined) found.set(name, required(row, 'privilegeid').toLowerCase());
    }
  }
  return found;
}

function required(row: TableRow, column: string): string {
  const text = textOf(row, column);
  if (text === null) throw new Error(`a row came without its ${column}`);
  return text;
}
