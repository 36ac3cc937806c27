import type { EpochMs } from '../kernel/clock.js';
import type { HeldEvent } from './held-event.js';
import { fullPace, type Pace, quicken, slowStart } from './pace.js';

/**
 * One application user's share of the work: what is claimed for it, what it is sending, and how much more it takes.
 * A slot is free again as soon as the answer is there; settling goes on beside the next call.
 */
export class Lane {
  private readonly ready: HeldEvent[] = [];
  private readonly calling = new Set<HeldEvent>();
  private readonly settling = new Set<HeldEvent>();
  private pace: Pace;
  /** Whether the store may have events for it. */
  hungry = true;
  /** Whether the last claim brought all it asked for, so that there are surely more. */
  private backlogged = false;

  constructor(
    readonly applicationUser: string,
    private readonly concurrency: number,
  ) {
    this.pace = fullPace(concurrency);
  }

  /** Claimed events that are not yet being sent, and calls under way: what "least loaded" compares. */
  get load(): number {
    return this.ready.length + this.calling.size;
  }

  /** Everything under a lease. */
  *held(): Iterable<HeldEvent> {
    yield* this.ready;
    yield* this.calling;
    yield* this.settling;
  }

  /** How many calls may begin now. */
  slots(): number {
    const free = this.concurrency - this.calling.size;
    if (this.pace.limit >= this.concurrency) return free;
    return Math.min(free, this.pace.limit - this.callsSince(this.pace.since));
  }

  /**
   * How many events to claim: what can be sent now and, at full pace before a backlog, as many again, so that the next
   * call need not wait for a claim. 0 until that is worth a transaction.
   */
  room(): number {
    if (!this.backlogged || this.pace.limit < this.concurrency) return Math.max(0, this.slots() - this.ready.length);
    const room = 2 * this.concurrency - this.ready.length - this.calling.size - this.settling.size;
    return this.ready.length === 0 || room >= this.concurrency / 2 ? Math.max(0, room) : 0;
  }

  /** Calls under way that began at or after an instant and fit. */
  callsSince(since: EpochMs, fits: (held: HeldEvent) => boolean = () => true): number {
    return count(this.calling, (held) => (held.callBeganAt ?? 0) >= since && fits(held));
  }

  /** Events claimed at or after an instant, sent or not, that fit. */
  heldSince(since: EpochMs, fits: (held: HeldEvent) => boolean): number {
    const matches = (held: HeldEvent) => held.claimedAt >= since && fits(held);
    return count(this.ready, matches) + count(this.calling, matches);
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

  /** Takes those out of what waits to be sent. */
  takeReady(fits: (held: HeldEvent) => boolean): readonly HeldEvent[] {
    const taken = this.ready.filter(fits);
    if (taken.length > 0) {
      const kept = this.ready.filter((held) => !taken.includes(held));
      this.ready.splice(0, this.ready.length, ...kept);
    }
    return taken;
  }

  begin(held: HeldEvent, now: EpochMs): void {
    held.callBeganAt = now;
    this.calling.add(held);
  }

  answer(held: HeldEvent): void {
    this.calling.delete(held);
    this.settling.add(held);
  }

  release(held: HeldEvent): void {
    this.settling.delete(held);
  }

  /** Its gate closed: begin again with one. */
  slowDown(now: EpochMs): void {
    this.pace = slowStart(now);
  }

  delivered(callBeganAt: EpochMs): void {
    this.pace = quicken(this.pace, callBeganAt, this.concurrency);
  }
}

function count(held: Iterable<HeldEvent>, fits: (held: HeldEvent) => boolean): number {
  let fitting = 0;
  for (const one of held) if (fits(one)) fitting += 1;
  return fitting;
}
