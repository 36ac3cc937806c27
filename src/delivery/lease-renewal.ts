import type { Clock } from '../kernel/clock.js';
import type { Outbox } from '../outbox/outbox.js';
import type { HeldEvent } from './held-event.js';
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
    const { outbox, owner, clock } = this.parts;
    const held = this.held();
    if (held.length === 0) return;
    const askedAt = clock.now();
    await outbox.renewLeases(owner, LEASE_MS);
    for (const one of held) one.leaseEndsAt = Math.max(one.leaseEndsAt, askedAt + LEASE_MS);
  }

  private held(): readonly HeldEvent[] {
    const { lanes, isolation } = this.parts;
    const waiting = isolation.waiting === null ? [] : [isolation.waiting];
    return [...lanes.flatMap((lane) => [...lane.held()]), ...waiting];
  }
}
