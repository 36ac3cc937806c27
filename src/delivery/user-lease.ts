/** How long one answer of the store lets a process send as an application user. */
export const USER_LEASE_MS = 6_000;

/** How often a process asks for its application users anew. */
export const HOLD_EVERY_MS = 2_000;

/** So long before a lease ends nothing is begun any more: what was begun last is on its way when another takes over. */
export const USER_LEASE_MARGIN_MS = 1_000;
