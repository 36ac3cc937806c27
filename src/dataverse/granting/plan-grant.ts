import { neededDepth, type PrivilegeDepth, reaches } from '../privileges/privilege-depth.js';
import type { FoundRole, GrantState } from './grant-state.js';

/** Which user gets which role with which privileges. */
export interface Grant {
  /** Application (client) id. */
  readonly clientId: string;
  readonly roleName: string;
  /** Names of the privileges the role has to have. */
  readonly privileges: readonly string[];
}

/** A privilege the role does not have, or not as far as it should. */
export interface LackingPrivilege {
  readonly id: string;
  readonly name: string;
  readonly depth: PrivilegeDepth;
}

/** One write, in the order in which they are done. Ids of new rows are made beforehand. */
export type GrantChange =
  | { readonly kind: 'create-role'; readonly roleId: string }
  | {
      readonly kind: 'add-privileges';
      readonly roleId: string;
      readonly privileges: readonly LackingPrivilege[];
    }
  | { readonly kind: 'create-user'; readonly userId: string }
  | { readonly kind: 'assign-role'; readonly userId: string; readonly roleId: string };

/** The changes that are needed, and notes for people about things that no write changes. */
export interface GrantPlan {
  readonly changes: readonly GrantChange[];
  readonly notes: readonly string[];
  /** Whether the user exists, and is disabled until somebody activates it. */
  readonly isDisabled: boolean;
}

/** Adds what is missing and removes nothing. Pure except for the ids it asks for. */
export function planGrant(grant: Grant, state: GrantState, newId: () => string): GrantPlan {
  const { user, role } = state;
  const roleId = role?.id ?? newId();
  const userId = user?.id ?? newId();
  const lacking = lackingIn(grant, state);
  const changes: readonly GrantChange[] = [
    ...(role === null ? [{ kind: 'create-role', roleId } as const] : []),
    ...(lacking.length > 0 ? [{ kind: 'add-privileges', roleId, privileges: lacking } as const] : []),
    ...(user === null ? [{ kind: 'create-user', userId } as const] : []),
    ...(user?.roleIds.includes(roleId) ? [] : [{ kind: 'assign-role', userId, roleId } as const]),
  ];
  return { changes, notes: notesOn(grant, state), isDisabled: user?.isDisabled ?? false };
}

function lackingIn({ privileges }: Grant, { role, privileges: known }: GrantState): readonly LackingPrivilege[] {
  return privileges.flatMap((name) => {
    const id = known.get(name);
    const depth = neededDepth(name);
    const isHeld = role?.privileges.some((held) => held.id === id && reaches(held.depth, depth)) ?? false;
    return id === undefined || isHeld ? [] : [{ id, name, depth }];
  });
}

function notesOn({ clientId, roleName, privileges }: Grant, { user, role, privileges: known }: GrantState) {
  const unknown = privileges.filter((name) => !known.has(name));
  const more = role === null ? 0 : moreThanNeeded(role, new Set(known.values()));
  return [
    ...(unknown.length > 0 ? [`The environment knows no ${unknown.join(', ')}: the role does without.`] : []),
    ...(more > 0
      ? [
          `The role "${roleName}" has ${more} beyond the privileges it needs. They are left as they are; a role of another name would be narrow.`,
        ]
      : []),
    ...(user?.isDisabled
      ? [
          `The application user of ${clientId} is deactivated: nothing it sends is taken until somebody activates it in the Power Platform admin center, Application users.`,
        ]
      : []),
  ];
}

function moreThanNeeded({ privileges }: FoundRole, needed: ReadonlySet<string>): number {
  return privileges.filter(({ id }) => !needed.has(id)).length;
}
