import type { EpochMs } from '../../kernel/clock.js';
import type { EventStatus } from '../event-record.js';
import type { AttemptCounts } from '../settlement.js';

/** An event as settling finds it. */
export interface StoredEvent extends AttemptCounts {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly client: string;
  readonly orderingKey: string | null;
  readonly status: EventStatus;
  readonly place: 'first' | 'behind' | null;
  readonly availableAt: EpochMs;
  readonly deliveredAt: EpochMs | null;
  readonly confirmedAt: EpochMs | null;
  readonly reason: string | null;
  readonly replays: number;
  readonly leaseToken: string | null;
  readonly leaseUntil: EpochMs | null;
  /** Whether a receipt proves beyond doubt that it was raised since its last replay. */
  readonly proven: 0 | 1;
}

/**
 * How far Dataverse's clock may be from the store's. For this long after a replay, the time in a receipt cannot tell
 * whether the event was raised before the replay. Most issuers of tokens refuse a clock that is further off as well.
 */
export const CLOCK_DOUBT_MS = 5 * 60_000;

/** The columns of a `StoredEvent`. Receipts are read only where there are some and the event was replayed. */
export const storedColumns = `
  id, sequence, type, client, ordering_key AS "orderingKey", status, place, available_at AS "availableAt",
  delivered_at AS "deliveredAt", confirmed_at AS "confirmedAt", reason, replays, lease_token AS "leaseToken",
  lease_until AS "leaseUntil", attempts, uncertain, conflicted, lost_leases AS "lostLeases",
  gate_closings AS "gateClosings",
  CASE
    WHEN confirmed_at IS NULL THEN 0
    WHEN replays = 0 THEN 1
    WHEN EXISTS (
      SELECT 1 FROM receipt WHERE receipt.event_sequence = event.sequence AND receipt.replays = event.replays
        AND receipt.operation_at >= event.age_starts_at + ${CLOCK_DOUBT_MS}
    ) THEN 1
    ELSE 0
  END AS proven`;
