/**
 * A small model of the outbox, as plain as can be: one array, no index, no SQL. The random-command test holds every
 * engine to it.
 */
import type { EpochMs } from '../../../src/kernel/clock.js';
import type { EventStatus, NewEvent } from '../../../src/outbox/event-record.js';
import type { ClaimRequest, SettleResult, StatusCount } from '../../../src/outbox/outbox.js';
import type { Settlement } from '../../../src/outbox/settlement.js';

interface ModelEvent extends NewEvent {
  status: EventStatus;
  acceptedAt: EpochMs;
  availableAt: EpochMs;
  attempts: number;
  blocks: boolean;
  owner: string | null;
  token: string | null;
}

export class OutboxModel {
  readonly events: ModelEvent[] = [];
  /** Names of closed gates, each with the instant it reopens at. */
  readonly closed = new Map<string, EpochMs>();

  append(event: NewEvent, now: EpochMs): 'accepted' | 'repeated' | 'conflicting' {
    const same = this.events.find(
      (other) => other.client === event.client && other.type === event.type && other.key === event.key,
    );
    if (same !== undefined) return same.fingerprint === event.fingerprint ? 'repeated' : 'conflicting';
    const times = { acceptedAt: now, availableAt: now };
    this.events.push({ ...event, ...times, status: 'pending', attempts: 0, blocks: false, owner: null, token: null });
    return 'accepted';
  }

  /** Ids in the order in which they are handed out; `lease` tells the model which tokens they got. */
  claimable(request: ClaimRequest, now: EpochMs): readonly string[] {
    const due = request.wanted.flatMap(({ type, limit }) =>
      this.byDueTime(this.events.filter((event) => event.type === type && this.isDue(event, request, now))).slice(
        0,
        limit,
      ),
    );
    return this.byDueTime(due)
      .slice(0, request.limit)
      .map(({ id }) => id);
  }

  lease(id: string, owner: string, token: string): void {
    Object.assign(this.find(id), { status: 'delivering', owner, token });
  }

  settle(id: string, token: string, settlement: Settlement, now: EpochMs): SettleResult {
    const event = this.find(id);
    const isHeld = event.token === token;
    const isProof = !isHeld && settlement.kind === 'delivered' && event.status === 'pending';
    if (!isHeld && !isProof) return 'stale';
    if (isHeld) event.attempts = settlement.counts.attempts;
    Object.assign(event, { status: statusAfter(settlement), owner: null, token: null });
    if (settlement.kind === 'retry') event.availableAt = now + settlement.delayMs;
    if (settlement.kind === 'dead') event.blocks = settlement.blocksKey;
    return isHeld ? 'settled' : 'proved';
  }

  lost(besides: string): readonly string[] {
    return this.events.filter(({ owner }) => owner !== null && owner !== besides).map(({ id }) => id);
  }

  counts(): readonly StatusCount[] {
    const groups = Map.groupBy(this.events, ({ type, status }) => `${type} ${status}`);
    return [...groups.values()].flatMap(([first, ...others]) =>
      first === undefined ? [] : [{ type: first.type, status: first.status, count: others.length + 1 }],
    );
  }

  oldestPendingAt(): EpochMs | null {
    const open = this.events.filter(({ status }) => status === 'pending' || status === 'delivering');
    return open.length === 0 ? null : Math.min(...open.map(({ acceptedAt }) => acceptedAt));
  }

  find(id: string): ModelEvent {
    const event = this.events.find((candidate) => candidate.id === id);
    if (event === undefined) throw new Error(`the model does not know ${id}`);
    return event;
  }

  private isDue(event: ModelEvent, { applicationUser: user }: ClaimRequest, now: EpochMs): boolean {
    const gates = [`user:${user}`, `type:${event.type}`, `user:${user}+type:${event.type}`];
    const isOpen = gates.every((name) => (this.closed.get(name) ?? now) <= now);
    return isOpen && event.status === 'pending' && event.availableAt <= now && !this.isBehind(event);
  }

  private isBehind(event: ModelEvent): boolean {
    return this.events
      .slice(0, this.events.indexOf(event))
      .some((other) => isSameLine(other, event) && (isOpen(other) || (other.status === 'dead' && other.blocks)));
  }

  /** The array is in order of acceptance, and sorting keeps that order among equals. */
  private byDueTime(events: readonly ModelEvent[]): readonly ModelEvent[] {
    return events.toSorted((a, b) => a.availableAt - b.availableAt || this.events.indexOf(a) - this.events.indexOf(b));
  }
}

function isSameLine(a: ModelEvent, b: ModelEvent): boolean {
  return a.orderingKey !== null && a.orderingKey === b.orderingKey && a.type === b.type && a.client === b.client;
}

function isOpen({ status }: ModelEvent): boolean {
  return status === 'pending' || status === 'delivering';
}

function statusAfter({ kind }: Settlement): EventStatus {
  return kind === 'retry' ? 'pending' : kind;
}
