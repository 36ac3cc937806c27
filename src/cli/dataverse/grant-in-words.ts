import type { GrantState } from '../../dataverse/granting/grant-state.js';
import type { Grant, GrantChange, LackingPrivilege } from '../../dataverse/granting/plan-grant.js';

/** What a change does, for the question and for the report. */
export function grantInWords(
  change: GrantChange,
  { clientId, roleName }: Grant,
  { businessUnit, user }: GrantState,
): string {
  const where = `business unit ${businessUnit.name ?? businessUnit.id}`;
  switch (change.kind) {
    case 'create-role':
      return `create the security role "${roleName}" in ${where}`;
    case 'add-privileges':
      return `give the security role "${roleName}" ${change.privileges.map(inWords).join(', ')}`;
    case 'create-user':
      return `create the application user of ${clientId} in ${where}`;
    case 'assign-role':
      return `give ${user?.name ?? 'the application user'} the security role "${roleName}"`;
  }
}

function inWords({ name, depth }: LackingPrivilege): string {
  return depth === 'Global' ? name : `${name} (${depth})`;
}
