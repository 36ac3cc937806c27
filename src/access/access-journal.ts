/** What access reports; operations records it. Must neither throw nor wait. */
export abstract class AccessJournal {
  /** A request was refused because a right was missing: its sender is unknown, or may not do this. */
  abstract refused(reason: AccessRefusal): void;

  /** The issuer's keys were fetched; reported each time. */
  abstract issuerAnswered(keys: number): void;

  /**
   * The issuer's keys could not be fetched; the last good ones stay in use. The reason names no address and no content.
   */
  abstract issuerFailed(reason: string): void;
}

/**
 * `credential-missing`, `credential-invalid`, `credential-slowed` (invalid, and one of too many from an address),
 * `issuer-unavailable`, `forbidden`, `rate-limited`.
 */
export type AccessRefusal =
  | 'credential-missing'
  | 'credential-invalid'
  | 'credential-slowed'
  | 'issuer-unavailable'
  | 'forbidden'
  | 'rate-limited';
