import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Call } from './call.js';
import type { AttemptReport } from './destination.js';
import type { HeldEvent } from './held-event.js';
import { Pacing, type PacingBounds } from './pacing.js';

/** How far ahead events are claimed where a rate holds calls back: for this much time. */
const AHEAD_MS = 2_000;

/**
 * One application user's share of the work: the events claimed for it, the calls under way, and how many more events it
 * takes. A slot is free again as soon as the answer is there; settling goes on beside the next call.
 */
export class Lane {
  readonly pacing: Pacing;
  private readonly ready: HeldEvent[] = [];
  private readonly calling = new Set<Call>();
  private readonly settling = new Set<HeldEvent>();
  /** Whether the store may have events for it. */
  hungry = true;
  /** Whether the last claim brought all it asked for, so that there are surely more. */
  private backlogged = false;

  constructor(
    readonly applicationUser: string,
    private readonly bounds: PacingBounds,
    private readonly clock: Clock,
  ) {
    this.pacing = new Pacing(bounds, clock.now());
  }

  /** Claimed events that are not yet being sent, and those in calls under way: what "least loaded" compares. */
  get load(): number {
    return this.ready.length + eventsIn(this.calling);
  }

  /** Whether nothing is under a lease. */
  get isIdle(): boolean {
    return this.ready.length + this.calling.size + this.settling.size === 0;
  }

  /** Everything under a lease. */
  *held(): Iterable<HeldEvent> {
    yield* this.ready;
    for (const { held } of this.calling) yield* held;
    yield* this.settling;
  }

  /** How many calls may begin now. */
  slots(): number {
    const { limit, since } = this.pacing;
    const free = Math.min(this.bounds.concurrency - this.calling.size, limit - this.callsSince(since));
    return Math.max(0, Math.min(free, this.pacing.allowed(this.clock.now())));
  }

  /** When the rates allow the next call; now or in the past where only a slot is missing. */
  nextCallAt(): EpochMs {
    return this.pacing.nextAt(this.clock.now());
  }

  /**
   * How many events to claim: as many as can be sent now. Before a backlog, as many again in calls of the largest
   * allowed size, so that the next call need not wait for a claim. 0 until that is worth a transaction.
   */
  room(): number {
    const { batchSize, isStarting, limit } = this.pacing;
    const slots = this.slots();
    if (!this.backlogged) return Math.max(0, slots - this.ready.length);
    if (isStarting) return Math.max(0, slots * batchSize - this.ready.length);
    const ahead = Math.min(2 * limit, limit + this.pacing.within(AHEAD_MS)) * batchSize;
    const room = ahead - this.ready.length - eventsIn(this.calling) - this.settling.size;
    return this.ready.length === 0 || room >= ahead / 4 ? Math.max(0, room) : 0;
  }

  /**
   * How many events the next call carries, if they may share one: more than one only if more events wait than there are
   * slots. A small backlog is spread over all slots.
   */
  share(): number {
    return Math.min(this.pacing.batchSize, Math.ceil(this.ready.length / Math.max(1, this.slots())));
  }

  /** Calls under way that began at or after an instant and carry a matching event. */
  callsSince(since: EpochMs, fits: (held: HeldEvent) => boolean = () => true): number {
    return count(this.calling, ({ beganAt, held }) => beganAt >= since && held.some(fits));
  }

  /** Matching events claimed at or after an instant, sent or not. */
  heldSince(since: EpochMs, fits: (held: HeldEvent) => boolean): number {
    const matches = (held: HeldEvent) => held.claimedAt >= since && fits(held);
    let called = 0;
    for (const { held } of this.calling) called += count(held, matches);
    return count(this.ready, matches) + called;
  }

  /** A claim has ended; `full` when it brought all it asked for. */
  claimed(full: boolean): void {
    this.backlogged = full;
  }

  receive(held: readonly HeldEvent[]): void {
    this.ready.push(...held);
  }

  /** The first of those that wait to be sent. */
  next(): HeldEvent | undefined {
    return this.ready[0];
  }

  hasReady(fits: (held: HeldEvent) => boolean): boolean {
    return this.ready.some(fits);
  }

  takeNext(): void {
    this.ready.shift();
  }

  /** Takes up to this many of them out of those that wait to be sent. */
  takeReady(fits: (held: HeldEvent) => boolean, atMost = Number.POSITIVE_INFINITY): readonly HeldEvent[] {
    const taken: HeldEvent[] = [];
    const kept: HeldEvent[] = [];
    for (const held of this.ready) (taken.length < atMost && fits(held) ? taken : kept).push(held);
    if (taken.length > 0) this.ready.splice(0, this.ready.length, ...kept);
    return taken;
  }

  begin(held: readonly HeldEvent[]): Call {
    const beganAt = this.clock.now();
    for (const one of held) one.callBeganAt = beganAt;
    const call = { applicationUser: this.applicationUser, held, beganAt };
    this.pacing.began(call, this.backlogged || this.ready.length > 0);
    this.calling.add(call);
    return call;
  }

  /** A call was answered. Call this before telling the gates. */
  learn(call: Call, reports: readonly AttemptReport[]): void {
    this.pacing.ended(call, reports, { now: this.clock.now(), underWay: this.callsSince(this.pacing.since) });
  }

  /** Its slot is free; its events are being settled. */
  answer(call: Call): void {
    this.calling.delete(call);
    for (const held of call.held) this.settling.add(held);
  }

  release(call: Call): void {
    this.calling.delete(call);
    for (const held of call.held) this.settling.delete(held);
  }

  /** Its gate closed: it begins again with one call at a time. */
  slowDown(now: EpochMs): void {
    this.pacing.slowDown(now);
  }
}

function eventsIn(calls: Iterable<Call>): number {
  let events = 0;
  for (const { held } of calls) events += held.length;
  return events;
}

function count<T>(things: Iterable<T>, fits: (thing: T) => boolean): number {
  let fitting = 0;
  for (const thing of things) if (fits(thing)) fitting += 1;
  return fitting;
}
