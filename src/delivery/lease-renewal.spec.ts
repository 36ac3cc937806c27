import { describe, expect, it } from '@jest/globals';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { HeldEvent } from './held-event.js';
import { Isolation } from './isolation.js';
import { Lane } from './lane.js';
import { LeaseRenewal } from './lease-renewal.js';

const NOW = 1_000_000;

describe('renewing leases', () => {
  it('prolongs here what was prolonged in the store, and lets end what the store no longer has', async () => {
    const clock = { now: () => NOW };
    const lane = new Lane('user', { concurrency: 4, batchSize: 1 }, clock);
    const [kept, lost] = [held('kept'), held('lost')];
    lane.receive([kept, lost]);
    const outbox = { renewLeases: async () => ['kept', 'unknown'] };
    await new LeaseRenewal({ outbox, owner: 'me', clock, lanes: [lane], isolation: new Isolation(clock) }).renew();
    expect(kept.leaseEndsAt).toBe(NOW + 30_000);
    expect(lost.leaseEndsAt).toBe(NOW + 20_000);
  });
});

function held(leaseToken: string): HeldEvent {
  const counts = { attempts: 0, uncertain: 0, conflicted: 0, lostLeases: 0, gateClosings: 0 };
  const facts = { type: 'Sale', version: 1, client: 'till', source: 'store', data: '{}', traceparent: null };
  const instants = { acceptedAt: NOW, ageStartsAt: NOW, leaseUntil: NOW + 20_000 };
  const event: ClaimedEvent = { id: leaseToken, leaseToken, counts, ...facts, ...instants };
  return { event, applicationUser: 'user', claimedAt: NOW, leaseEndsAt: NOW + 20_000, callBeganAt: null };
}
