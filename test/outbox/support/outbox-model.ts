/**
 * A small model of the outbox, as plain as can be: one array, no index, no SQL. The random-command test holds every
 * engine to it. Whose turn it is it leaves to `takeTurns`, which is pure and has a spec of its own: what is tried here is
 * that an engine gathers enough for it.
 */
import type { EpochMs } from '../../../src/kernel/clock.js';
import type { EventFilter } from '../../../src/outbox/event-query.js';
import type { EventStatus, NewEvent } from '../../../src/outbox/event-record.js';
import type { ActionResult } from '../../../src/outbox/operator-actions.js';
import type { ClaimedEvent, ClaimRequest, SettleResult } from '../../../src/outbox/outbox.js';
import type { NewReceipt, ReceiptResult } from '../../../src/outbox/receipt.js';
import type { Settlement } from '../../../src/outbox/settlement.js';
import { takeTurns } from '../../../src/outbox/take-turns.js';
import { TurnMemory } from '../../../src/outbox/turn-memory.js';
import { isProven, type ModelReceipt, takeReceipt } from './receipt-model.js';

export interface ModelEvent extends NewEvent {
  readonly sequence: number;
  readonly acceptedAt: EpochMs;
  status: EventStatus;
  availableAt: EpochMs;
  endedAt: EpochMs | null;
  attempts: number;
  lostLeases: number;
  /** Whether it has a place in the line of its ordering key. */
  isInLine: boolean;
  blocks: boolean;
  background: boolean;
  hasData: boolean;
  owner: string | null;
  leaseUntil: EpochMs;
  token: string | null;
  confirmedAt: EpochMs | null;
  /** Until when a receipt is awaited. */
  confirmBy: EpochMs | null;
  isOverdue: boolean;
  replayedAt: EpochMs | null;
  readonly receipts: ModelReceipt[];
  /** Every token since its last replay: a 2xx under any of them proves it. */
  tokens: string[];
}

export class OutboxModel {
  events: ModelEvent[] = [];
  /** Names of closed gates, each with the instant it reopens at. */
  readonly closed = new Map<string, EpochMs>();
  /** By type. */
  readonly removed = new Map<string, number>();
  private readonly turns = new TurnMemory();
  private accepted = 0;

  append(event: NewEvent, now: EpochMs): 'accepted' | 'repeated' | 'conflicting' {
    const { client, type, key } = event;
    const same = this.events.find((other) => other.client === client && other.type === type && other.key === key);
    if (same !== undefined) return same.fingerprint === event.fingerprint ? 'repeated' : 'conflicting';
    this.accepted += 1;
    this.events.push({
      ...event,
      sequence: this.accepted,
      acceptedAt: now,
      availableAt: now,
      endedAt: null,
      status: 'pending',
      attempts: 0,
      lostLeases: 0,
      isInLine: event.orderingKey !== null,
      blocks: false,
      background: false,
      hasData: true,
      owner: null,
      leaseUntil: 0,
      token: null,
      confirmedAt: null,
      confirmBy: null,
      isOverdue: false,
      replayedAt: null,
      receipts: [],
      tokens: [],
    });
    return 'accepted';
  }

  /** Ids in the order in which they are handed out; `lease` tells the model which tokens they got. */
  claimable(request: ClaimRequest, now: EpochMs): readonly string[] {
    if (request.kind === 'suspect') return this.claimableSuspect(request, now);
    const open = request.wanted.filter(({ type }) => this.isOpen(type, request.applicationUser, now));
    const ofType = new Map(open.map(({ type, limit }) => [type, limit] as const));
    const live = this.take(false, { ofType, limit: request.limit, now });
    for (const { type } of live) ofType.set(type, (ofType.get(type) ?? 0) - 1);
    for (const [type, left] of ofType) if (left === 0) ofType.delete(type);
    const replayed = this.take(true, { ofType, limit: request.limit - live.length, now });
    return [...live, ...replayed].map(({ id }) => id);
  }

  lease({ id, leaseToken: token, leaseUntil }: ClaimedEvent, owner: string): void {
    const event = this.find(id);
    if (event === undefined) throw new Error(`the model does not know ${id}`);
    Object.assign(event, { status: 'delivering', owner, token, leaseUntil });
    event.tokens.push(token);
  }

  settle(id: string, token: string, settlement: Settlement, now: EpochMs): SettleResult {
    const event = this.find(id);
    if (event === undefined) return 'stale';
    const isHeld = event.token === token;
    const isProof = settlement.kind === 'delivered' && event.status === 'pending' && event.tokens.includes(token);
    if (!isHeld && !isProof) return 'stale';
    if (isHeld) {
      const { attempts, lostLeases } = settlement.counts;
      Object.assign(event, { attempts, lostLeases });
    }
    const { counts } = settlement;
    const isConfirmed = isProven(event) && settlement.kind !== 'delivered';
    end(event, isConfirmed ? { kind: 'delivered', counts } : settlement, now);
    if (!isHeld) return 'proved';
    return isConfirmed ? 'confirmed' : 'settled';
  }

  confirm(receipt: NewReceipt, now: EpochMs): ReceiptResult {
    const event = this.find(receipt.eventIds[0] ?? '');
    return event === undefined || event.type !== receipt.type ? 'unknown' : takeReceipt(event, receipt, now);
  }

  /** How many. */
  markOverdue(now: EpochMs): number {
    const late = this.events.filter(({ confirmBy }) => confirmBy !== null && confirmBy <= now);
    for (const event of late) Object.assign(event, { confirmBy: null, isOverdue: true });
    return late.length;
  }

  replay(id: string, force: boolean, now: EpochMs): ActionResult['kind'] {
    const event = this.find(id);
    if (event === undefined) return 'not-found';
    if (!isReplayable(event, force)) return 'illegal';
    if (!event.hasData) return 'no-data';
    const keepsPlace = event.status === 'dead' && event.blocks && !force;
    Object.assign(event, {
      status: 'pending',
      availableAt: now,
      endedAt: null,
      attempts: 0,
      lostLeases: 0,
      blocks: false,
    });
    Object.assign(event, { confirmedAt: null, confirmBy: null, isOverdue: false, replayedAt: now });
    for (const receipt of event.receipts) receipt.isPast = true;
    Object.assign(event, { isInLine: keepsPlace, background: !keepsPlace, tokens: [] });
    return 'done';
  }

  /** How many a replay by this filter brings back. */
  replayAll(filter: EventFilter, force: boolean, now: EpochMs): number {
    const meant = this.list(filter).filter((event) => isReplayable(event, force) && event.hasData);
    for (const { id } of meant) this.replay(id, force, now);
    return meant.length;
  }

  cancel(id: string, now: EpochMs): ActionResult['kind'] {
    const event = this.find(id);
    if (event === undefined) return 'not-found';
    if (event.status !== 'pending' && event.status !== 'dead') return 'illegal';
    Object.assign(event, { status: 'cancelled', endedAt: now, blocks: false });
    return 'done';
  }

  erase(id: string): ActionResult['kind'] {
    const event = this.find(id);
    if (event === undefined) return 'not-found';
    if (event.status === 'pending' || event.status === 'delivering') return 'illegal';
    if (!event.hasData) return 'no-data';
    event.hasData = false;
    return 'done';
  }

  clearData(endedBefore: EpochMs): number {
    const cleared = this.events.filter((event) => event.hasData && isEndedBefore(event, endedBefore));
    for (const event of cleared) event.hasData = false;
    return cleared.length;
  }

  remove(endedBefore: EpochMs): number {
    const gone = this.events.filter((event) => isEndedBefore(event, endedBefore));
    for (const { type } of gone) this.removed.set(type, (this.removed.get(type) ?? 0) + 1);
    this.events = this.events.filter((event) => !gone.includes(event));
    return gone.length;
  }

  /** `by`: up to when a lease must have lasted to be lost by now. */
  lost(besides: string, by: EpochMs): readonly string[] {
    return this.events
      .filter(({ owner, leaseUntil }) => owner !== null && owner !== besides && leaseUntil <= by)
      .map(({ id }) => id);
  }

  /** In the order of acceptance. */
  list({ type, client, status, blocking, overdue }: EventFilter): readonly ModelEvent[] {
    return this.events
      .filter((event) => (type ?? event.type) === event.type && (client ?? event.client) === event.client)
      .filter((event) => (status ?? event.status) === event.status && (!blocking || event.blocks))
      .filter((event) => !overdue || event.isOverdue);
  }

  find(id: string): ModelEvent | undefined {
    return this.events.find((candidate) => candidate.id === id);
  }

  private claimableSuspect({ wanted, limit, applicationUser }: ClaimRequest, now: EpochMs): readonly string[] {
    const types = wanted
      .filter((of) => of.limit > 0 && this.isOpen(of.type, applicationUser, now))
      .map((of) => of.type);
    return this.events
      .filter((event) => isSuspect(event) && types.includes(event.type) && this.isDue(event, now))
      .sort((a, b) => a.availableAt - b.availableAt || a.sequence - b.sequence)
      .slice(0, Math.min(limit, 1))
      .map(({ id }) => id);
  }

  private take(background: boolean, asked: { ofType: Map<string, number>; limit: number; now: EpochMs }) {
    const types = [...asked.ofType.keys()];
    const due = this.events.filter(
      (event) =>
        !isSuspect(event) &&
        event.background === background &&
        types.includes(event.type) &&
        this.isDue(event, asked.now),
    );
    const taken = takeTurns(due, { ...asked, after: this.turns.lastServed(types, background) });
    const last = taken.at(-1);
    if (last !== undefined) this.turns.remember(types, background, last.client);
    return taken;
  }

  private isOpen(type: string, user: string, now: EpochMs): boolean {
    const gates = [`user:${user}`, `type:${type}`, `user:${user}+type:${type}`];
    return gates.every((name) => (this.closed.get(name) ?? now) <= now);
  }

  private isDue(event: ModelEvent, now: EpochMs): boolean {
    return event.status === 'pending' && event.availableAt <= now && !this.isBehind(event);
  }

  private isBehind(event: ModelEvent): boolean {
    return this.events
      .slice(0, this.events.indexOf(event))
      .some((other) => isSameLine(other, event) && (isOpen(other) || other.blocks));
  }
}

function isSameLine(a: ModelEvent, b: ModelEvent): boolean {
  const areInLine = a.isInLine && b.isInLine;
  return areInLine && a.orderingKey === b.orderingKey && a.type === b.type && a.client === b.client;
}

function isOpen({ status }: ModelEvent): boolean {
  return status === 'pending' || status === 'delivering';
}

function isSuspect({ lostLeases }: ModelEvent): boolean {
  return lostLeases >= 2;
}

function isReplayable({ status }: ModelEvent, force: boolean): boolean {
  return status === 'dead' || (force && status === 'delivered');
}

function isEndedBefore({ status, endedAt }: ModelEvent, instant: EpochMs): boolean {
  return (status === 'delivered' || status === 'cancelled') && endedAt !== null && endedAt < instant;
}

/** A lease ends so. */
function end(event: ModelEvent, settlement: Settlement, now: EpochMs): void {
  Object.assign(event, { status: statusAfter(settlement), owner: null, token: null });
  if (settlement.kind === 'retry') event.availableAt = now + settlement.delayMs;
  if (settlement.kind === 'dead') event.blocks = settlement.blocksKey && event.isInLine;
  if (settlement.kind !== 'delivered') return;
  event.endedAt = now;
  const { confirmWithinMs } = settlement;
  if (confirmWithinMs !== undefined && event.confirmedAt === null) event.confirmBy = now + confirmWithinMs;
}

function statusAfter({ kind }: Settlement): EventStatus {
  return kind === 'retry' ? 'pending' : kind;
}
