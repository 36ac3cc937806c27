import { assertNever } from '../../kernel/assert-never.js';
import type { Bind } from '../provisioning/change.js';
import type { TableClient } from '../tables/table-client.js';
import type { Grant, GrantChange, LackingPrivilege } from './plan-grant.js';

const DESCRIPTION = 'What the business events gateway needs: to call custom APIs, and to read what is deployed.';

/** Makes one change. May be done again after it failed. */
export async function applyGrant(
  tables: TableClient,
  change: GrantChange,
  { clientId, roleName, businessUnitId }: Pick<Grant, 'clientId' | 'roleName'> & { readonly businessUnitId: string },
): Promise<void> {
  const binds: readonly Bind[] = [{ navigation: 'businessunitid', set: 'businessunits', to: { id: businessUnitId } }];
  switch (change.kind) {
    case 'create-role': {
      const role = { kind: 'create', set: 'roles', primaryKey: 'roleid', id: change.roleId } as const;
      return tables.write({ ...role, row: { name: roleName, description: DESCRIPTION }, binds });
    }
    case 'add-privileges': {
      const path = `roles(${change.roleId})/Microsoft.Dynamics.CRM.AddPrivilegesRole`;
      const held = ({ id, depth }: LackingPrivilege) => ({
        PrivilegeId: id,
        Depth: depth,
        BusinessUnitId: businessUnitId,
      });
      await tables.callAction(path, { Privileges: change.privileges.map(held) }, { repeatable: true });
      return;
    }
    case 'create-user': {
      // Its name and address are taken from the app registration.
      const user = { kind: 'create', set: 'systemusers', primaryKey: 'systemuserid', id: change.userId } as const;
      return tables.write({ ...user, row: { applicationid: clientId }, binds });
    }
    case 'assign-role': {
      const [user, role] = [
        { set: 'systemusers', id: change.userId },
        { set: 'roles', id: change.roleId },
      ] as const;
      return tables.associate(user, 'systemuserroles_association', role);
    }
    default:
      return assertNever(change);
  }
}
