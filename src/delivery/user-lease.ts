/** How long one answer of the store allows a process to send as an application user. */
export const USER_LEASE_MS = 6_000;

/** How often a process asks for its application users anew. */
export const HOLD_EVERY_MS = 2_000;

/** This long before a lease ends no call begins any more: the last one has left before another process takes over. */
export const USER_LEASE_MARGIN_MS = 1_000;
