import type { ClaimedEvent } from '../outbox.js';
import type { AttemptCounts } from '../settlement.js';

/** An event under a lease as `claimedColumns` selects it: its counts stand flat beside the rest. */
export type ClaimedRow = Omit<ClaimedEvent, 'counts'> & AttemptCounts;

/** What delivering and deciding need of the table `event`. */
export const claimedColumns = `
  id, type, version, client, source, data, traceparent, accepted_at AS "acceptedAt", age_starts_at AS "ageStartsAt",
  lease_token AS "leaseToken", lease_until AS "leaseUntil",
  attempts, uncertain, conflicted, lost_leases AS "lostLeases", gate_closings AS "gateClosings"`;

/** The row in the shape of the port. */
export function claimedEvent(row: ClaimedRow): ClaimedEvent {
  const { attempts, uncertain, conflicted, lostLeases, gateClosings, ...event } = row;
  return { ...event, counts: { attempts, uncertain, conflicted, lostLeases, gateClosings } };
}
