import { expect } from '@jest/globals';
import type { ClaimRequest } from '../../../src/outbox/outbox.js';
import type { Store } from '../../../src/outbox/store.js';
import type { ManualClock } from '../../support/manual-clock.js';
import { attemptOf, claim, LEASE_MS, newEvent } from './events.js';
import { gateOf } from './gates.js';
import type { Command } from './outbox-commands.js';
import { OutboxModel } from './outbox-model.js';

/** Takes each step with a real store and with the model, and expects both to say the same. */
export class OutboxWalk {
  private readonly model = new OutboxModel();
  private readonly leases: { readonly id: string; readonly leaseToken: string }[] = [];
  private readonly revisions = new Map<string, number>();

  /** `note` hears every result, so that a test can tell how much of the ground was covered. */
  constructor(
    private readonly store: Store,
    private readonly clock: ManualClock,
    private readonly note: (result: string) => void,
  ) {}

  async take(step: Command): Promise<void> {
    switch (step.kind) {
      case 'append':
        return this.append(step);
      case 'claim':
        return this.claim(step.request);
      case 'settle':
        return this.settle(step);
      case 'close gate':
        return this.closeGate(step);
      case 'find lost':
        return this.findLost(step.besides);
      case 'wait':
        this.clock.set(this.clock.now() + step.ms);
    }
  }

  /** Every event there is, its timeline's length aside, and the gauges. */
  async compareAll(): Promise<void> {
    for (const { id, status, acceptedAt, availableAt, attempts } of this.model.events) {
      expect(await this.store.outbox.find(id)).toMatchObject({
        status,
        acceptedAt,
        availableAt,
        attemptCount: attempts,
      });
    }
    const { counts, oldestPendingAt } = await this.store.outbox.measure();
    expect(new Set(counts)).toEqual(new Set(this.model.counts()));
    expect(oldestPendingAt).toBe(this.model.oldestPendingAt());
  }

  private async append({ events }: Extract<Command, { kind: 'append' }>): Promise<void> {
    const sealed = events.map(newEvent);
    const expected = sealed.map((event) => this.model.append(event, this.clock.now()));
    const results = await this.store.outbox.append(sealed);
    expect(results.map(({ kind }) => kind)).toEqual(expected);
    for (const kind of expected) this.note(kind);
  }

  private async claim(facts: Partial<ClaimRequest>): Promise<void> {
    const request = { owner: '', applicationUser: '', leaseMs: LEASE_MS, limit: 0, wanted: [], ...facts };
    const expected = this.model.claimable(request, this.clock.now());
    const claimed = await claim(this.store, facts);
    expect(claimed.map(({ id }) => id)).toEqual(expected);
    for (const { id, leaseToken } of claimed) {
      this.model.lease(id, request.owner, leaseToken);
      this.leases.push({ id, leaseToken });
      this.note('claimed');
    }
  }

  private async settle({ ends }: Extract<Command, { kind: 'settle' }>): Promise<void> {
    if (this.leases.length === 0) return;
    const requests = ends.map(({ lease, settlement }) => {
      const held = this.leases.at(-1 - (lease % this.leases.length));
      if (held === undefined) throw new Error('there is a lease to settle');
      return { ...held, settlement, attempt: attemptOf() };
    });
    const expected = requests.map(({ id, leaseToken, settlement }) =>
      this.model.settle(id, leaseToken, settlement, this.clock.now()),
    );
    expect(await this.store.outbox.settle(requests)).toEqual(expected);
    for (const result of expected) this.note(result);
  }

  private async closeGate({ name, ms }: Extract<Command, { kind: 'close gate' }>): Promise<void> {
    const revision = (this.revisions.get(name) ?? 0) + 1;
    const closedUntil = this.clock.now() + ms;
    this.revisions.set(name, revision);
    this.model.closed.set(name, closedUntil);
    expect(await this.store.gates.save(gateOf(name, { closedUntil, revision }), null)).toBe(true);
  }

  private async findLost(besides: string): Promise<void> {
    const expected = this.model.lost(besides);
    const lost = await this.store.outbox.findLostLeases(besides, 1000);
    expect(lost.map(({ id }) => id)).toEqual(expected);
    for (const _ of lost) this.note('lost');
  }
}
