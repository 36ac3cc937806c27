import type { SettledEvent } from '../rows/settled-event.js';
import type { StoredEvent } from '../rows/stored-event.js';
import { promoteNext } from './promote-next.js';
import type { Session } from './session.js';

const END_LEASE = `
UPDATE event SET status = ?1, reason = ?2, place = ?3, available_at = ?4, delivered_at = ?5, ended_at = ?5,
  attempts = ?6, uncertain = ?7, conflicted = ?8, lost_leases = ?9, gate_closings = ?10, confirm_by = ?11,
  lease_owner = NULL, lease_token = NULL, lease_until = NULL
WHERE sequence = ?12`;

/** Writes what an event became when its lease ended, and promotes the next one of its line if the event left that. */
export function endLease(session: Session, before: StoredEvent, after: SettledEvent): void {
  session.change(
    END_LEASE,
    after.status,
    after.reason,
    after.place,
    after.availableAt,
    after.deliveredAt,
    after.attempts,
    after.uncertain,
    after.conflicted,
    after.lostLeases,
    after.gateClosings,
    after.confirmBy,
    after.sequence,
  );
  session.tally.moved(before.type, before.status, after.status);
  if (after.status === 'dead' && after.place === 'first') session.tally.entered(before.type, 'blocking');
  if (after.place === null && before.place === 'first') promoteNext(session, before);
}
