import type { Clock } from '../kernel/clock.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Isolation } from './isolation.js';
import type { Lane } from './lane.js';
import { LEASE_MS } from './lease.js';

export interface LeaseRenewalParts {
  readonly outbox: Pick<Outbox, 'renewLeases'>;
  readonly owner: string;
  readonly clock: Clock;
  readonly lanes: readonly Lane[];
  readonly isolation: Isolation;
}

/** Keeps every lease of this process alive, in one statement, while it holds any. */
export class LeaseRenewal {
  constructor(private readonly parts: LeaseRenewalParts) {}

  async renew(): Promise<void> {
    const { outbox, owner, clock, lanes, isolation } = this.parts;
    const held = [
      ...lanes.flatMap((lane) => [...lane.held()]),
      ...(isolation.waiting === null ? [] : [isolation.waiting]),
    ];
    if (held.length === 0) return;
    const askedAt = clock.now();
    const renewed = new Set(await outbox.renewLeases(owner, LEASE_MS));
    for (const one of held) {
      // A lease that is gone in the store is left to end here too.
      if (renewed.has(one.event.leaseToken)) one.leaseEndsAt = Math.max(one.leaseEndsAt, askedAt + LEASE_MS);
    }
  }
}
