import { newEventId } from '../../../src/kernel/ids.js';
import type { NewEvent } from '../../../src/outbox/event-record.js';
import type { ClaimedEvent, ClaimRequest, SettleRequest } from '../../../src/outbox/outbox.js';
import type { AttemptCounts, NewAttempt, Settlement } from '../../../src/outbox/settlement.js';
import type { Store } from '../../../src/outbox/store.js';

export const LEASE_MS = 30_000;

/** An event nobody sent before, but for what a test says about it. */
export function newEvent(facts: Partial<NewEvent> = {}): NewEvent {
  const id = newEventId();
  return {
    id,
    type: 'CustomerPurchase',
    version: 1,
    client: 'pos',
    source: 'store-1',
    keyKind: 'business',
    key: `key-${id}`,
    fingerprint: 'ZmluZ2VycHJpbnQ',
    orderingKey: null,
    data: '{"purchaseId":"P-1"}',
    traceparent: null,
    ...facts,
  };
}

/** Appends events in one call and returns their ids. */
export async function accept(store: Store, ...events: readonly Partial<NewEvent>[]): Promise<readonly string[]> {
  const results = await store.outbox.append(events.map(newEvent));
  return results.map((result) => result.id);
}

/** Claims whatever ordinary events are due, as `owner` for the application user `user-1`, unless a test says otherwise. */
export function claim(store: Store, facts: Partial<ClaimRequest> = {}): Promise<readonly ClaimedEvent[]> {
  const wanted = [
    { type: 'CustomerPurchase', limit: 1000 },
    { type: 'VendorPaymentPosted', limit: 1000 },
  ];
  return store.outbox.claim({
    kind: 'ordinary',
    owner: 'owner-1',
    applicationUser: 'user-1',
    leaseMs: LEASE_MS,
    limit: 1000,
    wanted,
    ...facts,
  });
}

/** The one event that is due; fails where it is not exactly one. */
export async function claimOne(store: Store, facts: Partial<ClaimRequest> = {}): Promise<ClaimedEvent> {
  const [event, ...others] = await claim(store, facts);
  if (event === undefined || others.length > 0) throw new Error(`expected one due event, not ${others.length + 1}`);
  return event;
}

export const NO_COUNTS: AttemptCounts = { attempts: 0, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };

export const DELIVERED: Settlement = { kind: 'delivered', counts: { ...NO_COUNTS, attempts: 1 } };

export function retryIn(delayMs: number, counts: Partial<AttemptCounts> = {}): Settlement {
  return { kind: 'retry', delayMs, counts: { ...NO_COUNTS, ...counts } };
}

export function deadFor(reason: string, blocksKey: boolean): Settlement {
  return { kind: 'dead', reason, blocksKey, counts: { ...NO_COUNTS, attempts: 1 } };
}

/** The end of a lease, with the line for the timeline a test asks for. */
export function settlementOf(
  { id, leaseToken }: Pick<ClaimedEvent, 'id' | 'leaseToken'>,
  settlement: Settlement,
  attempt: NewAttempt | null = null,
): SettleRequest {
  return { id, leaseToken, settlement, attempt };
}

/** A line of a timeline, in every field but those a test says. */
export function attemptOf(facts: Partial<NewAttempt> = {}): NewAttempt {
  return {
    outcome: 'delivered',
    counted: true,
    startedAt: Date.UTC(2026, 0, 5, 8),
    durationMs: 42,
    applicationUser: 'user-1',
    httpStatus: 204,
    errorCode: null,
    detail: null,
    serviceRequestId: null,
    ...facts,
  };
}
