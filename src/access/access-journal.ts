/** What access tells of itself; operations keeps it. Must neither throw nor wait. */
export abstract class AccessJournal {
  /** A request was refused for want of a right: who it was is not known, or may not be told. */
  abstract refused(reason: AccessRefusal): void;

  /** The issuer's keys were fetched; told each time. */
  abstract issuerAnswered(keys: number): void;

  /** The issuer's keys could not be fetched; the last good ones go on. The reason names no address and no content. */
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
