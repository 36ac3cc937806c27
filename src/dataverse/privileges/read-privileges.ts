import type { TableClient } from '../tables/table-client.js';
import { childrenOf, textOf } from '../tables/table-row.js';

/** A privilege somebody holds, and how far it reaches. */
export interface HeldPrivilege {
  readonly id: string;
  /** Such as `prvReadCustomAPI`. */
  readonly name: string;
  /** A `PrivilegeDepth`, as Dataverse gives it. */
  readonly depth: string;
}

/** All privileges of a user, through any of its roles. */
export async function readUserPrivileges(tables: TableClient, userId: string): Promise<readonly HeldPrivilege[]> {
  return privilegesIn(tables, `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()`);
}

/** All privileges of a role. */
export async function readRolePrivileges(tables: TableClient, roleId: string): Promise<readonly HeldPrivilege[]> {
  return privilegesIn(tables, `RetrieveRolePrivilegesRole(RoleId=${roleId})`);
}

async function privilegesIn(tables: TableClient, path: string): Promise<readonly HeldPrivilege[]> {
  const answer = await tables.callFunction(path);
  return childrenOf(answer, 'RolePrivileges').map((row) => ({
    id: (textOf(row, 'PrivilegeId') ?? '').toLowerCase(),
    name: textOf(row, 'PrivilegeName') ?? '',
    depth: textOf(row, 'Depth') ?? '',
  }));
}
