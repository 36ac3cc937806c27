import type { EpochMs } from '../../kernel/clock.js';
import type { EventStatus } from '../event-record.js';
import type { AttemptCounts } from '../settlement.js';

/** An event as settling finds it, and as it is written back. */
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
  readonly reason: string | null;
  readonly replays: number;
  readonly leaseToken: string | null;
  readonly leaseUntil: EpochMs | null;
}

/** The facts of a `StoredEvent`. */
export const storedColumns = `
  id, sequence, type, client, ordering_key AS "orderingKey", status, place, available_at AS "availableAt",
  delivered_at AS "deliveredAt", reason, replays, lease_token AS "leaseToken", lease_until AS "leaseUntil",
  attempts, uncertain, conflicted, lost_leases AS "lostLeases", gate_closings AS "gateClosings"`;
