import type { SettledEvent } from '../rows/settled-event.js';
import type { Session } from './session.js';

const END_LEASES = `
UPDATE event SET status = ended.status, reason = ended.reason, place = ended.place, available_at = ended.available_at,
  delivered_at = ended.delivered_at, ended_at = ended.delivered_at,
  attempts = ended.attempts, uncertain = ended.uncertain, conflicted = ended.conflicted,
  lost_leases = ended.lost_leases, gate_closings = ended.gate_closings,
  confirm_by = ended.confirm_by,
  lease_owner = NULL, lease_token = NULL, lease_until = NULL
FROM unnest(
  $1::bigint[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::int[], $8::int[], $9::int[],
  $10::int[], $11::int[], $12::bigint[]
) AS ended (
  sequence, status, reason, place, available_at, delivered_at, attempts, uncertain, conflicted, lost_leases, gate_closings,
  confirm_by
)
WHERE event.sequence = ended.sequence`;

/** Writes what events became when their leases ended. Their rows are locked. */
export async function endLeases(session: Session, events: readonly SettledEvent[]): Promise<void> {
  if (events.length === 0) return;
  await session.change(
    END_LEASES,
    events.map(({ sequence }) => sequence),
    events.map(({ status }) => status),
    events.map(({ reason }) => reason),
    events.map(({ place }) => place),
    events.map(({ availableAt }) => availableAt),
    events.map(({ deliveredAt }) => deliveredAt),
    events.map(({ attempts }) => attempts),
    events.map(({ uncertain }) => uncertain),
    events.map(({ conflicted }) => conflicted),
    events.map(({ lostLeases }) => lostLeases),
    events.map(({ gateClosings }) => gateClosings),
    events.map(({ confirmBy }) => confirmBy),
  );
}
