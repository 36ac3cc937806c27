/** How far a privilege reaches: own rows, those of the business unit, those below it too, or all; `PrivilegeDepth`. */
const DEPTHS = ['Basic', 'Local', 'Deep', 'Global'] as const;

export type PrivilegeDepth = (typeof DEPTHS)[number];

/**
 * How far a privilege has to reach. Custom APIs have owners, and a user that may read only its own sees none, without
 * an error. Of the users, the gateway reads only its own row.
 */
export function neededDepth(privilege: string): PrivilegeDepth {
  return privilege === 'prvReadUser' ? 'Basic' : 'Global';
}

/** Whether a depth, as Dataverse gives it, reaches at least as far as another. */
export function reaches(held: string, needed: PrivilegeDepth): boolean {
  return (DEPTHS as readonly string[]).indexOf(held) >= DEPTHS.indexOf(needed);
}
