import type { TableSource } from '../../odata/table-source.js';
import type { Row } from '../../tables/table-definition.js';
import type { Privileges } from './caller.js';
import { missingPrivilege } from './missing-privilege.js';
import { roleprivilegesOf } from './user-access.js';

/** A role, and the user or the privilege that it is connected with. */
export interface Gift {
  readonly role: Row;
  /** Null where the role gets a privilege. */
  readonly user: Row | null;
  /** Null where a user gets the role. */
  readonly privilege: Row | null;
  /** False where it is taken away. */
  readonly wanted: boolean;
}

/**
 * The privilege that a user lacks to assign a role or a privilege, or to take it away: nobody can give what they do not
 * have.
 */
export function missingToGive(
  { role, user, privilege, wanted }: Gift,
  privileges: Privileges,
  source: TableSource,
): string | null {
  const needed = user === null ? ['prvWriteRole'] : ['prvWriteUser', 'prvAssignRole'];
  const held = roleprivilegesOf(new Set([String(role.roleid)]), source).map(({ privilegeid }) =>
    source.find('privilege', String(privilegeid)),
  );
  const given = wanted ? (privilege === null ? held : [privilege]) : [];
  return missingPrivilege([...needed, ...given.map((row) => String(row?.name))], privileges, source);
}
