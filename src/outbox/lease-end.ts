import { assertNever } from '../kernel/assert-never.js';
import type { EpochMs } from '../kernel/clock.js';
import type { EventStatus } from './event-record.js';
import type { Settlement } from './settlement.js';

/** What an event becomes when its lease ends. */
export interface LeaseEnd {
  readonly status: EventStatus;
  readonly reason: string | null;
  readonly availableAt: EpochMs;
  readonly deliveredAt: EpochMs | null;
  /** Whether it still holds back those behind it in its ordering key. */
  readonly keepsPlace: boolean;
}

/** Pure: turns the settlement into columns. Delays are whole milliseconds, rounded up: never earlier than asked. */
export function leaseEnd(settlement: Settlement, event: { readonly availableAt: EpochMs }, now: EpochMs): LeaseEnd {
  const { availableAt } = event;
  switch (settlement.kind) {
    case 'delivered':
      return { status: 'delivered', reason: null, availableAt, deliveredAt: now, keepsPlace: false };
    case 'retry':
      return {
        status: 'pending',
        reason: null,
        availableAt: now + Math.ceil(settlement.delayMs),
        deliveredAt: null,
        keepsPlace: true,
      };
    case 'dead':
      return {
        status: 'dead',
        reason: settlement.reason,
        availableAt,
        deliveredAt: null,
        keepsPlace: settlement.blocksKey,
      };
    default:
      return assertNever(settlement);
  }
}
