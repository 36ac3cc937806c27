import { ODataError } from '../../odata/odata.error.js';
import type { Answer } from '../../server/answer.js';
import { roleprivilegesOf, rolesOf } from '../access/user-access.js';
import { jsonAnswer } from '../odata-answer.js';
import { serviceRootOf } from '../tables/table-request.js';
import type { PlatformCall, PlatformOperation } from './platform-operation.js';

/** `privilegedepthmask` in the words of `PrivilegeDepth`. */
const DEPTHS: ReadonlyMap<unknown, string> = new Map([
  [1, 'Basic'],
  [2, 'Local'],
  [4, 'Deep'],
  [8, 'Global'],
]);

/** What users may do by their roles, and what a role allows. */
export const PRIVILEGE_FUNCTIONS: readonly PlatformOperation[] = [
  ofUser('RetrieveUserPrivileges', () => () => true),
  ofUser(
    'RetrieveUserPrivilegeByPrivilegeName',
    ({ PrivilegeName }) =>
      (name) =>
        name === PrivilegeName,
  ),
  ofUser(
    'RetrieveUserSetOfPrivilegesByNames',
    ({ PrivilegeNames }) =>
      (name) =>
        namesIn(PrivilegeNames).includes(name),
  ),
  {
    name: 'RetrieveRolePrivilegesRole',
    kind: 'function',
    boundTo: null,
    run: (call) => {
      const roleId = String(call.parameters.RoleId);
      const role = call.organization.tables.find('role', roleId);
      if (role === null) throw new ODataError(`Role With Id = ${roleId} Does Not Exist`, '0x80040217', 404);
      return answer('RetrieveRolePrivilegesRole', call, rolePrivileges(call, [role.roleid], role.businessunitid));
    },
  },
];

function ofUser(
  name: string,
  asked: (parameters: PlatformCall['parameters']) => (privilege: string) => boolean,
): PlatformOperation {
  return {
    name,
    kind: 'function',
    boundTo: 'systemuser',
    run: (call) => {
      const { target, organization } = call;
      const roles = rolesOf(String(target?.systemuserid), organization.tables);
      const wanted = asked(call.parameters);
      const held = rolePrivileges(call, [...roles], target?.businessunitid);
      return answer(
        name,
        call,
        held.filter(({ PrivilegeName }) => wanted(PrivilegeName)),
      );
    },
  };
}

function answer(name: string, { work, operation }: PlatformCall, RolePrivileges: readonly RolePrivilege[]): Answer {
  const context = `${serviceRootOf(work, operation)}/$metadata#Microsoft.Dynamics.CRM.${name}Response`;
  return jsonAnswer({ '@odata.context': context, RolePrivileges });
}

interface RolePrivilege {
  readonly Depth: string;
  readonly PrivilegeId: string;
  readonly BusinessUnitId: unknown;
  readonly PrivilegeName: string;
}

function rolePrivileges(
  { organization: { tables } }: PlatformCall,
  roles: readonly unknown[],
  businessUnitId: unknown,
): readonly RolePrivilege[] {
  const held = roleprivilegesOf(new Set(roles.map(String)), tables);
  const once = new Map(held.map((row) => [row.privilegeid, row]));
  return [...once.values()].map((row) => ({
    Depth: DEPTHS.get(row.privilegedepthmask) ?? 'Global',
    PrivilegeId: String(row.privilegeid),
    BusinessUnitId: businessUnitId ?? null,
    PrivilegeName: String(tables.find('privilege', String(row.privilegeid))?.name ?? ''),
  }));
}

function namesIn(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? given : [];
}
