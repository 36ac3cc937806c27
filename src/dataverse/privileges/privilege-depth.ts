/** How far a privilege reaches: own rows, those of the business unit, those below it too, or all; `PrivilegeDepth`. */
const DEPTHS = ['Basic', 'Local', 'Deep', 'Global'] as const;

export type PrivilegeDepth = (typeof DEPTHS)[number];

/**
 * How far a privilege has to reach. Custom APIs have owners, and whoever may read only its own is shown none, and no
 * error. Of users it is itself alone that the gateway reads.
 */
export function neededDepth(privilege: string): PrivilegeDepth {
  return privilege === 'prvReadUser' ? 'Basic' : 'Global';
}

/** Whether a depth, as Dataverse gives it, is at least another. */
export function reaches(held: string, needed: PrivilegeDepth): boolean {
  return (DEPTHS as readonly string[]).indexOf(held) >= DEPTHS.indexOf(needed);
}
