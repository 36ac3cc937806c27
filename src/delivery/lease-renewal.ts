import type { Clock } from '../kernel/clock.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Isolation } from './isolation.js';
import type { Lane } from './lane.js';
import { LEASE_MS } from './lease.js';

export interface LeaseRenewalParts {
  readonly outbox: Outbox;
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
    await outbox.renewLeases(owner, LEASE_MS);
    for (const one of held) one.leaseEndsAt = Math.max(one.leaseEndsAt, askedAt + LEASE_MS);
  }
}
