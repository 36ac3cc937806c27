/** How long a claim and each renewal give an event to its owner. */
export const LEASE_MS = 30_000;

/** How often the owner renews all of its leases while it holds any. */
export const RENEW_EVERY_MS = 10_000;

/** No call begins with less time than this left: its event would be sent again by another process. */
export const MIN_LEASE_LEFT_MS = 10_000;
