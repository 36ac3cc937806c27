import type { EpochMs } from '../../kernel/clock.js';
import { leaseEnd } from '../lease-end.js';
import { belongsTo } from '../lease-token.js';
import type { SettleRequest, SettleResult } from '../outbox.js';
import type { Settlement } from '../settlement.js';
import type { StoredEvent } from './stored-event.js';

/** An event as settling leaves it. */
export interface SettledEvent extends StoredEvent {
  /** Until when a receipt is awaited, or null where none is. */
  readonly confirmBy: EpochMs | null;
}

/** Pure. A lease that is gone settles nothing, but a late 2xx still proves a pending event delivered. */
export function judge(event: StoredEvent, { leaseToken, settlement }: SettleRequest): SettleResult {
  if (event.leaseToken === leaseToken) return isProvenAgainst(event, settlement) ? 'confirmed' : 'settled';
  const isProof = settlement.kind === 'delivered' && event.status === 'pending' && belongsTo(leaseToken, event);
  return isProof ? 'proved' : 'stale';
}

/**
 * Pure: the event after the end of its lease. An event that a receipt proved raised is delivered, even if the attempt
 * failed.
 */
export function settled(event: StoredEvent, settlement: Settlement, now: EpochMs): SettledEvent {
  const effective: Settlement = isProvenAgainst(event, settlement)
    ? { kind: 'delivered', counts: settlement.counts }
    : settlement;
  const { keepsPlace, ...end } = leaseEnd(effective, event, now);
  // The decision for a lease that is gone was based on older counts: the stored counts stay.
  const { attempts, uncertain, conflicted, lostLeases, gateClosings } =
    event.leaseToken === null ? event : settlement.counts;
  const counts = { attempts, uncertain, conflicted, lostLeases, gateClosings };
  const place = keepsPlace ? event.place : null;
  return {
    ...event,
    ...counts,
    ...end,
    place,
    leaseToken: null,
    leaseUntil: null,
    confirmBy: confirmBy(event, effective, now),
  };
}

/** When the next attempt may begin, or null where none will be made. */
export function nextAttemptOf({ status, availableAt }: StoredEvent): EpochMs | null {
  return status === 'pending' ? availableAt : null;
}

/** An event that is proven raised is neither repeated nor dead. */
function isProvenAgainst({ proven }: StoredEvent, { kind }: Settlement): boolean {
  return proven === 1 && kind !== 'delivered';
}

function confirmBy({ confirmedAt }: StoredEvent, settlement: Settlement, now: EpochMs): EpochMs | null {
  if (settlement.kind !== 'delivered' || settlement.confirmWithinMs === undefined || confirmedAt !== null) return null;
  return now + Math.ceil(settlement.confirmWithinMs);
}
