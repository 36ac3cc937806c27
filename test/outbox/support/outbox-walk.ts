import { expect } from '@jest/globals';
import type { ClaimRequest } from '../../../src/outbox/outbox.js';
import { compareWithModel } from './compare-with-model.js';
import { attemptOf, claim, LEASE_MS, newEvent } from './events.js';
import { gateOf } from './gates.js';
import { ANN, FORCED, REPLAY } from './lives.js';
import type { Command } from './outbox-commands.js';
import { OutboxModel } from './outbox-model.js';
import { receiptOf } from './receipts.js';
import type { StoreFixture } from './store-fixture.js';

/** Takes each step with a real store and with the model, and expects both to say the same. */
export class OutboxWalk {
  private readonly model = new OutboxModel();
  private readonly ids: string[] = [];
  private readonly leases: { readonly id: string; readonly leaseToken: string }[] = [];
  private readonly revisions = new Map<string, number>();

  /** `note` hears every result, so that a test can tell how much of the ground was covered. */
  constructor(
    private readonly fixture: StoreFixture,
    private readonly note: (result: string) => void,
  ) {}

  private get store() {
    return this.fixture.store;
  }

  private get clock() {
    return this.fixture.clock;
  }

  async take(step: Command): Promise<void> {
    switch (step.kind) {
      case 'append':
        return this.append(step);
      case 'claim':
        return this.claim(step.request);
      case 'settle':
        return this.settle(step);
      case 'confirm':
        return this.confirm(step);
      case 'mark overdue':
        return this.markOverdue();
      case 'close gate':
        return this.closeGate(step);
      case 'find lost':
        return this.findLost(step.besides);
      case 'act':
        return this.act(step);
      case 'replay many':
        return this.replayMany(step);
      case 'sweep':
        return this.sweep(step);
      case 'wait':
        this.clock.set(this.clock.now() + step.ms);
    }
  }

  /** Every event there ever was, lists of them, and the gauges. */
  compareAll(): Promise<void> {
    return compareWithModel(this.store, this.model, this.ids);
  }

  private async append({ events }: Extract<Command, { kind: 'append' }>): Promise<void> {
    const sealed = events.map(newEvent);
    const expected = sealed.map((event) => this.model.append(event, this.clock.now()));
    const results = await this.store.outbox.append(sealed);
    expect(results.map(({ kind }) => kind)).toEqual(expected);
    for (const { kind, id } of results) {
      if (kind === 'accepted') this.ids.push(id);
      this.note(kind);
    }
  }

  private async claim(facts: Partial<ClaimRequest>): Promise<void> {
    const request = {
      kind: 'ordinary' as const,
      owner: '',
      applicationUser: '',
      leaseMs: LEASE_MS,
      limit: 0,
      wanted: [],
      ...facts,
    };
    const expected = this.model.claimable(request, this.clock.now());
    const claimed = await claim(this.store, facts);
    expect(claimed.map(({ id }) => id)).toEqual(expected);
    for (const event of claimed) {
      this.note(this.model.find(event.id)?.background ? 'claimed again' : 'claimed');
      if (request.kind === 'suspect') this.note('claimed alone');
      this.model.lease(event, request.owner);
      this.leases.push(event);
    }
  }

  private async settle({ ends }: Extract<Command, { kind: 'settle' }>): Promise<void> {
    if (this.leases.length === 0) return;
    const requests = ends.map(({ lease, settlement }) => {
      const held = this.leases.at(-1 - (lease % this.leases.length));
      if (held === undefined) throw new Error('there is a lease to settle');
      return { id: held.id, leaseToken: held.leaseToken, settlement, attempt: attemptOf() };
    });
    const expected = requests.map(({ id, leaseToken, settlement }) =>
      this.model.settle(id, leaseToken, settlement, this.clock.now()),
    );
    expect(await this.store.outbox.settle(requests)).toEqual(expected);
    for (const result of expected) this.note(result);
  }

  private async confirm({ receipts }: Extract<Command, { kind: 'confirm' }>): Promise<void> {
    const now = this.clock.now();
    const told = receipts.flatMap(({ event, raisedAfterMs, ...facts }) => {
      // Every other time one that is or was being delivered, where there is one.
      const ids = event % 2 === 0 || this.leases.length === 0 ? this.ids : this.leases.map(({ id }) => id);
      const id = ids.at(-1 - (event % Math.max(ids.length, 1)));
      const operationAt = raisedAfterMs === null ? null : now + raisedAfterMs;
      return id === undefined ? [] : [receiptOf(id, { ...facts, operationAt })];
    });
    const expected = told.map((receipt) => this.model.confirm(receipt, now));
    const results = await this.store.receipts.confirm(told);
    expect(results.map(({ result }) => result)).toEqual(expected);
    for (const result of expected) this.note(`receipt ${result}`);
  }

  private async markOverdue(): Promise<void> {
    const expected = this.model.markOverdue(this.clock.now());
    const marked = await this.store.receipts.markOverdue(1000);
    expect(marked.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
    for (let n = 0; n < expected; n += 1) this.note('overdue');
  }

  private async act({ deed, event }: Extract<Command, { kind: 'act' }>): Promise<void> {
    // Every other time one that is dead, where there is one: few are.
    const dead = event % 2 === 0 ? [] : this.model.list({ status: 'dead' }).map(({ id }) => id);
    const ids = dead.length > 0 ? dead : this.ids;
    const id = ids[event % Math.max(ids.length, 1)];
    if (id === undefined) return;
    const [expected, result] = this.bothDo(deed, id);
    expect((await result).kind).toBe(expected);
    this.note(`${deed} ${expected}`);
  }

  private bothDo(deed: Extract<Command, { kind: 'act' }>['deed'], id: string) {
    const { model, store, clock } = this;
    switch (deed) {
      case 'replay':
        return [model.replay(id, false, clock.now()), store.actions.replay(id, REPLAY)] as const;
      case 'force':
        return [model.replay(id, true, clock.now()), store.actions.replay(id, FORCED)] as const;
      case 'cancel':
        return [model.cancel(id, clock.now()), store.actions.cancel(id, ANN)] as const;
      case 'erase':
        return [model.erase(id), store.actions.erase(id, ANN)] as const;
    }
  }

  private async replayMany({ filter, force, limit }: Extract<Command, { kind: 'replay many' }>): Promise<void> {
    const counted = await this.store.actions.countReplayable(filter, force, 0);
    const expected = this.model.replayAll(filter, force, this.clock.now());
    expect(counted).toBe(expected);
    let replayed = 0;
    let after: number | null = 0;
    while (after !== null) {
      const step = await this.store.actions.replayStep({ ...ANN, force, filter, after, limit });
      replayed += step.replayed;
      after = step.next;
    }
    expect(replayed).toBe(expected);
    for (let n = 0; n < replayed; n += 1) this.note('replayed by filter');
  }

  private async sweep({ what, olderThanMs }: Extract<Command, { kind: 'sweep' }>): Promise<void> {
    const endedBefore = this.clock.now() - olderThanMs;
    const expected = what === 'clearData' ? this.model.clearData(endedBefore) : this.model.remove(endedBefore);
    expect(await this.store.housekeeping[what]({ endedBefore, limit: 1000 })).toBe(expected);
    for (let n = 0; n < expected; n += 1) this.note(what);
  }

  private async closeGate({ name, ms }: Extract<Command, { kind: 'close gate' }>): Promise<void> {
    const revision = (this.revisions.get(name) ?? 0) + 1;
    const closedUntil = this.clock.now() + ms;
    this.revisions.set(name, revision);
    this.model.closed.set(name, closedUntil);
    expect(await this.store.gates.save(gateOf(name, { closedUntil, revision }), null)).toBe(true);
  }

  private async findLost(besides: string): Promise<void> {
    const expected = this.model.lost(besides, this.fixture.soleOwner ? Number.POSITIVE_INFINITY : this.clock.now());
    const lost = await this.store.outbox.findLostLeases(besides, 1000);
    expect(lost.map(({ id }) => id)).toEqual(expected);
    for (const _ of lost) this.note('lost');
  }
}
