import type { EpochMs } from '../../kernel/clock.js';
import { leaseEnd } from '../lease-end.js';
import { belongsTo } from '../lease-token.js';
import type { SettleRequest, SettleResult } from '../outbox.js';
import type { Settlement } from '../settlement.js';
import type { StoredEvent } from './stored-event.js';

/** Pure. A lease that is gone settles nothing, but a 2xx that comes late still proves a pending event delivered. */
export function judge(event: StoredEvent, { leaseToken, settlement }: SettleRequest): SettleResult {
  if (event.leaseToken === leaseToken) return 'settled';
  const isProof = settlement.kind === 'delivered' && event.status === 'pending' && belongsTo(leaseToken, event);
  return isProof ? 'proved' : 'stale';
}

/** Pure: the event once its lease has ended so. */
export function settled(event: StoredEvent, settlement: Settlement, now: EpochMs): StoredEvent {
  const { keepsPlace, ...end } = leaseEnd(settlement, event, now);
  // What was decided for a lease that is gone was decided from older counts: the stored ones stand.
  const { attempts, uncertain, conflicted, lostLeases, gateClosings } =
    event.leaseToken === null ? event : settlement.counts;
  const counts = { attempts, uncertain, conflicted, lostLeases, gateClosings };
  return { ...event, ...counts, ...end, place: keepsPlace ? event.place : null, leaseToken: null, leaseUntil: null };
}

/** When the next attempt may begin, or null where none will be made. */
export function nextAttemptOf({ status, availableAt }: StoredEvent): EpochMs | null {
  return status === 'pending' ? availableAt : null;
}
