import type { HeldPrivilege } from '../privileges/read-privileges.js';

/** An application user as it was found. */
export interface FoundUser {
  readonly id: string;
  readonly name: string | null;
  readonly isDisabled: boolean;
  readonly businessUnitId: string;
  /** Ids of its roles. */
  readonly roleIds: readonly string[];
}

/** A security role as it was found. */
export interface FoundRole {
  readonly id: string;
  readonly privileges: readonly HeldPrivilege[];
}

/** The part of an environment that a grant concerns. */
export interface GrantState {
  /** Null where the application has no user yet. */
  readonly user: FoundUser | null;
  /** The business unit user and role belong to: the user's own, or where it is created. */
  readonly businessUnit: { readonly id: string; readonly name: string | null };
  /** The role of the wished name in that business unit; null where there is none. */
  readonly role: FoundRole | null;
  /** The privileges the role should have, as far as the environment knows them: id by name. */
  readonly privileges: ReadonlyMap<string, string>;
}
