import type { RevisedSource, TableSource } from '../../odata/table-source.js';
import type { Row } from '../../tables/table-definition.js';
import type { Privileges } from './caller.js';

/** The place of an application in the organization, by its row in `systemuser` and that user's roles. */
export type UserAccess =
  | { readonly kind: 'no-application-user' }
  | { readonly kind: 'disabled' | 'no-roles'; readonly userId: string }
  | { readonly kind: 'granted'; readonly userId: string; readonly privileges: Privileges };

/** Who may do what. Computed once per application, and again after any row has changed: calls are many, changes few. */
export class UserAccesses {
  readonly #known = new Map<string, UserAccess>();
  #revision = -1;

  constructor(private readonly source: RevisedSource) {}

  of(clientId: string): UserAccess {
    if (this.#revision !== this.source.revision) this.#known.clear();
    this.#revision = this.source.revision;
    const known = this.#known.get(clientId) ?? this.#judge(clientId);
    this.#known.set(clientId, known);
    return known;
  }

  #judge(clientId: string): UserAccess {
    const user = this.source.rows('systemuser').find(({ applicationid }) => applicationid === clientId.toLowerCase());
    if (user === undefined) return { kind: 'no-application-user' };
    const userId = String(user.systemuserid);
    if (user.isdisabled === true) return { kind: 'disabled', userId };
    const roles = rolesOf(userId, this.source);
    if (roles.size === 0) return { kind: 'no-roles', userId };
    return { kind: 'granted', userId, privileges: privilegesOf(roles, this.source) };
  }
}

/** The ids of a user's roles. */
export function rolesOf(userId: string, source: TableSource): ReadonlySet<string> {
  const links = source.rows('systemuserroles').filter(({ systemuserid }) => systemuserid === userId);
  return new Set(links.map(({ roleid }) => String(roleid)));
}

/** The privileges that roles hold, as rows of `roleprivileges`. */
export function roleprivilegesOf(roles: ReadonlySet<string>, source: TableSource): readonly Row[] {
  return source.rows('roleprivileges').filter(({ roleid }) => roles.has(String(roleid)));
}

/** Of several roles, the privilege that reaches furthest counts. */
function privilegesOf(roles: ReadonlySet<string>, source: TableSource): Privileges {
  const privileges = new Map<string, number>();
  for (const { privilegeid, privilegedepthmask } of roleprivilegesOf(roles, source)) {
    const name = String(source.find('privilege', String(privilegeid))?.name ?? '');
    privileges.set(name, Math.max(privileges.get(name) ?? 0, Number(privilegedepthmask)));
  }
  return privileges;
}
