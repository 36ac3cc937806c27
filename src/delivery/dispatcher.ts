import type { EpochMs } from '../kernel/clock.js';
import type { Store, StoreHint } from '../outbox/store.js';
import { Claims } from './claims.js';
import type { Gates } from './gates.js';
import type { HeldUsers } from './held-users.js';
import type { Lane } from './lane.js';
import { nextPollAt } from './next-poll.js';
import { probeAtStart } from './probe-at-start.js';
import type { ProbeTurns } from './probe-turns.js';
import { Rhythm } from './rhythm.js';
import { Sender, type SenderParts } from './sender.js';
import type { Settlements } from './settlements.js';
import { Suspects } from './suspects.js';
import { Underway } from './underway.js';
import { wasRolledBack } from './until-stored.js';
import type { Upkeep } from './upkeep.js';
import type { UserProbes } from './user-probes.js';
import type { DriftWatch } from './verification/drift-watch.js';

/** A turn reads the gates again if its view is older. Half the poll: the oldest view is then well below a second. */
const GATES_MAX_AGE_MS = 250;

export interface DispatcherParts extends SenderParts {
  /** Names this process in the store; new at every start. */
  readonly owner: string;
  readonly store: Pick<Store, 'outbox' | 'subscribe'>;
  readonly gates: Gates;
  readonly probes: UserProbes;
  readonly users: HeldUsers;
  readonly turns: ProbeTurns;
  readonly drift: DriftWatch;
  readonly settlements: Settlements;
  readonly upkeep: Upkeep;
}

/** Moves events out: claims them under a lease, has them sent and settled. The only loop. */
export class Dispatcher {
  /** Resolves once with the error if the store failed and delivery had to stop; the process must end then. */
  readonly failed: Promise<Error>;
  private readonly reportFailure: (error: Error) => void;
  private readonly rhythm: Rhythm;
  private readonly underway: Underway;
  private readonly claims: Claims;
  private readonly sender: Sender;
  private readonly suspects: Suspects;
  private readonly stopping = new AbortController();
  /** Lanes that waited longest for events come first. */
  private readonly lanes: Lane[];
  private unswept = false;
  /** Whether one of this turn's claims brought nothing. */
  private foundNothing = false;
  private stopped: Promise<void> | null = null;
  private stopHearing = () => {};

  constructor(private readonly parts: DispatcherParts) {
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.failed = promise;
    this.reportFailure = resolve;
    this.lanes = [...parts.lanes];
    this.underway = new Underway({
      failed: (error) => this.tolerate(error),
      idle: () => this.suspects.idle(),
    });
    this.rhythm = new Rhythm({
      turn: () => this.underway.track(this.tick()),
      nextAt: (now) => this.nextLookAt(now),
      rang: () => this.look(),
      clock: parts.clock,
      timers: parts.timers,
    });
    this.claims = new Claims({ ...parts, outbox: parts.store.outbox });
    this.sender = new Sender(parts, {
      underway: this.underway,
      due: (at) => this.due(at),
      room: () => this.rhythm.call(),
    });
    this.suspects = new Suspects({
      ...parts,
      lanes: this.lanes,
      claims: this.claims,
      sender: this.sender,
      underway: this.underway,
      isRunning: () => this.rhythm.isRunning && parts.drift.hasLooked,
      wake: () => this.wake(),
    });
    parts.gates.onChange(() => this.look());
    parts.users.onChange(() => this.look());
    parts.drift.onFirstLook(() => this.wake());
  }

  /** Reads the gates and takes its users, then delivers until `stop`. Rejects when the store cannot be read. */
  async start(): Promise<void> {
    const { gates, isolation, store, upkeep, users } = this.parts;
    await gates.refresh(0);
    await users.hold();
    await probeAtStart(gates);
    if (this.stopped !== null) return;
    this.rhythm.start();
    isolation.start();
    this.stopHearing = store.subscribe((hint) => this.hear(hint));
    users.keep((error) => this.tolerate(error));
    upkeep.start((error) => this.tolerate(error));
    this.wake();
  }

  /** An event may be due: one was accepted or replayed. Cheap, and safe to call at any time. */
  wake(): void {
    for (const lane of this.lanes) lane.hungry = true;
    this.rhythm.call();
  }

  /**
   * Claims nothing more, lets its application users go, gives back what has not begun, and waits up to `graceMs` for
   * calls to end. It cuts off the rest, which is `uncertain`. Resolves when everything is settled and nothing is under
   * way.
   */
  stop(graceMs: number): Promise<void> {
    this.stopped ??= this.shutDown(graceMs);
    return this.stopped;
  }

  /** One turn: resolves when all due events that fit have been claimed and begun. */
  async tick(): Promise<void> {
    const { gates, isolation, probes, clock, users } = this.parts;
    const isNew = await gates.refresh(GATES_MAX_AGE_MS);
    const now = clock.now();
    for (const user of probes.due(now)) if (users.isHeld(user, now)) void this.underway.track(this.probe(user));
    if (this.unswept || isNew) this.sender.sweep();
    this.unswept = false;
    if (isolation.isDue(false)) await this.underway.track(this.suspects.ask());
    // The sort is stable: among lanes with equal load, the one that waited longest comes first.
    const leastLoadedFirst = this.lanes.filter((lane) => lane.hungry).sort((a, b) => a.load - b.load);
    this.foundNothing = false;
    await Promise.all(leastLoadedFirst.map((lane) => this.underway.track(this.claim(lane))));
    if (isolation.isDue(this.foundNothing)) await this.underway.track(this.suspects.ask());
  }

  private async claim(lane: Lane): Promise<void> {
    const held = this.mayClaim ? await this.claims.ordinary(lane) : null;
    if (held === null) return;
    if (held.length > 0) this.lanes.push(...this.lanes.splice(this.lanes.indexOf(lane), 1));
    else this.foundNothing = true;
    this.sender.receive(lane, held);
  }

  /** Not before the deployed custom APIs were verified, or the verification took too long. */
  private get mayClaim(): boolean {
    return this.rhythm.isRunning && this.parts.drift.hasLooked && !this.parts.isolation.isOn;
  }

  private nextLookAt(now: EpochMs): EpochMs {
    const isBusy = this.lanes.some((lane) => lane.load > 0);
    return Math.min(nextPollAt(now, isBusy), this.parts.gates.nextReopeningAt(now) ?? Number.POSITIVE_INFINITY);
  }

  private look(): void {
    this.unswept = true;
    this.wake();
  }

  /** Another process changed something. Only a hint: without it the next poll finds out. */
  private hear(hint: StoreHint): void {
    if (hint === 'users') void this.underway.track(this.parts.users.hold());
    if (hint === 'gates') this.parts.gates.outdate();
    this.wake();
  }

  private due(at: EpochMs): void {
    if (at <= this.parts.clock.now()) this.wake();
    else this.rhythm.callAt(at);
  }

  private async probe(applicationUser: string): Promise<void> {
    if (await this.parts.probes.probe(applicationUser, this.stopping.signal)) this.wake();
  }

  /** What was rolled back is repeated by the next poll; a store that cannot vouch for its answers ends delivery. */
  private tolerate(error: unknown): void {
    if (wasRolledBack(error) || !this.rhythm.isRunning) return;
    this.rhythm.stop();
    this.reportFailure(error instanceof Error ? error : new Error('delivery failed', { cause: error }));
  }

  private async shutDown(graceMs: number): Promise<void> {
    const { gates, settlements, timers, upkeep, users } = this.parts;
    this.rhythm.stop();
    this.stopHearing();
    this.stopping.abort();
    this.sender.windDown();
    void this.underway.track(users.release());
    const cancel = timers.after(graceMs, () => {
      this.sender.cutOffCalls();
      settlements.stop();
      gates.stop();
    });
    await this.underway.ended();
    await upkeep.stop();
    cancel();
  }
}
