/** How long a claim and each renewal give an event to its owner. */
export const LEASE_MS = 30_000;

/** How often the owner renews all of its leases while it holds any. */
export const RENEW_EVERY_MS = 10_000;

/** No call begins with less than this left: it would end as someone else's duplicate. */
export const MIN_LEASE_LEFT_MS = 10_000;
