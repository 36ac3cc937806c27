/** How long and how often delivery is tried before an event is given up. */
export interface DeliveryPolicy {
  /** Since acceptance or the last replay; judged only when a counted attempt fails. */
  readonly maxAgeMs: number;
  /** The attempt at which `uncertain` reaches this number is the last: each of those may have been executed. */
  readonly maxUncertain: number;
  /** The attempt at which `conflicted` reaches this number is the last. */
  readonly maxConflicted: number;
  /** Leases lost in a row, the last one while it was alone in its process: at this number the event is poison. */
  readonly maxLostLeases: number;
  /**
   * How often an event may close its type's gate while other events pass: at this number the event is at fault, not the
   * type.
   */
  readonly maxGateClosings: number;
  /** How long after its delivery an event's receipt may take; null where none is expected. */
  readonly confirmWithinMs: number | null;
}

const HOUR_MS = 3_600_000;

export const DEFAULT_DELIVERY_POLICY: DeliveryPolicy = {
  maxAgeMs: 72 * HOUR_MS,
  maxUncertain: 10,
  maxConflicted: 5,
  maxLostLeases: 3,
  maxGateClosings: 3,
  confirmWithinMs: null,
};
