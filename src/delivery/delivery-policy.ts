/** How long and how often delivery is tried before an event is given up. */
export interface DeliveryPolicy {
  /** Since acceptance or the last replay; judged only when a counted attempt fails. */
  readonly maxAgeMs: number;
  /** The attempt that brings `uncertain` to this number is the last: each may have been executed. */
  readonly maxUncertain: number;
  /** The attempt that brings `conflicted` to this number is the last. */
  readonly maxConflicted: number;
  /** Leases lost in a row, the last of them alone in its process: then the event is poison. */
  readonly maxLostLeases: number;
  /** How often an event may close its type's gate although others pass: then the event is at fault, not the type. */
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
