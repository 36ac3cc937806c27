import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { GateRecord } from '../outbox/gate-store.js';
import type { ClaimedEvent, Outbox } from '../outbox/outbox.js';
import { Alarm } from './alarm.js';
import { gateState } from './gate.js';
import { userGate } from './gate-name.js';
import type { Gates } from './gates.js';
import type { Lane } from './lane.js';
import { LEASE_MS } from './lease.js';
import { probeAtStart } from './probe-at-start.js';
import { Sender, type SenderParts } from './sender.js';
import type { Settlements } from './settlements.js';
import { Underway } from './underway.js';
import { wasRolledBack } from './until-stored.js';
import type { Upkeep } from './upkeep.js';
import type { UserProbes } from './user-probes.js';

/** The truth, whatever rings or does not: nothing that is due waits longer to be looked for. */
const POLL_MS = 1_000;
/** How old the view of the gates may be while there is work: what closed elsewhere holds within a second. */
const GATES_MAX_AGE_MS = 500;

export interface DispatcherParts extends SenderParts {
  /** Names this process in the store; new at every start. */
  readonly owner: string;
  readonly outbox: Outbox;
  readonly gates: Gates;
  readonly probes: UserProbes;
  readonly settlements: Settlements;
  readonly upkeep: Upkeep;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** Moves events out: claims them under a lease, has them sent and settled. The only loop. */
export class Dispatcher {
  /** Resolves once with the error if the store failed and delivery had to stop; the process must then end. */
  readonly failed: Promise<Error>;
  private readonly reportFailure: (error: Error) => void;
  private readonly alarm: Alarm;
  private readonly underway: Underway;
  private readonly sender: Sender;
  private readonly stopping = new AbortController();
  private running = false;
  private awake = false;
  private looping = false;
  private unswept = false;
  /** The earliest retry this process knows of; the poll finds the others. */
  private retryAt: EpochMs | null = null;
  private stopped: Promise<void> | null = null;

  constructor(private readonly parts: DispatcherParts) {
    const { promise, resolve } = Promise.withResolvers<Error>();
    this.failed = promise;
    this.reportFailure = resolve;
    this.alarm = new Alarm(parts.clock, parts.timers, () => this.look());
    this.underway = new Underway({
      failed: (error) => this.tolerate(error),
      idle: () => this.sender.beginAlone(),
    });
    this.sender = new Sender(parts, {
      underway: this.underway,
      due: (at) => this.due(at),
      room: () => this.run(),
    });
    parts.gates.onChange((gate) => this.gateChanged(gate));
  }

  /** Learns the gates, then delivers until `stop`. Rejects when the store cannot be read. */
  async start(): Promise<void> {
    await this.parts.gates.refresh(0);
    await probeAtStart(this.parts.gates);
    if (this.stopped !== null) return;
    this.running = true;
    this.parts.upkeep.start((error) => this.tolerate(error));
    this.wake();
  }

  /** Something may be due: an event was accepted or replayed. Cheap, and safe to call at any time. */
  wake(): void {
    for (const lane of this.parts.lanes) lane.hungry = true;
    this.run();
  }

  /**
   * Claims nothing more, gives back what has not begun, lets calls end for `graceMs` and cuts off the rest, which is
   * `uncertain`. Resolves when everything is settled and nothing is under way.
   */
  stop(graceMs: number): Promise<void> {
    this.stopped ??= this.shutDown(graceMs);
    return this.stopped;
  }

  /** One turn of the loop: resolves when everything that is due and fits has been claimed and begun. */
  async tick(): Promise<void> {
    const { gates, probes, clock, lanes } = this.parts;
    await gates.refresh(GATES_MAX_AGE_MS);
    for (const user of probes.due(clock.now())) void this.underway.track(this.probe(user));
    if (this.unswept) this.sender.sweep();
    this.unswept = false;
    const leastLoadedFirst = lanes.filter((lane) => lane.hungry).sort((a, b) => a.load - b.load);
    await Promise.all(leastLoadedFirst.map((lane) => this.underway.track(this.claim(lane))));
  }

  private async claim(lane: Lane): Promise<void> {
    const { admission, clock, isolation, outbox, owner } = this.parts;
    const claimedAt = clock.now();
    const wanted = this.running && !isolation.isOn ? admission.wanted(lane, claimedAt) : null;
    if (wanted === null) return;
    // Before the claim and not after it: an event accepted in the meantime makes the lane hungry again.
    lane.hungry = false;
    const { applicationUser } = lane;
    const events = await outbox.claim({ ...wanted, owner, applicationUser, leaseMs: LEASE_MS });
    lane.claimed(events.length >= wanted.limit);
    if (wanted.wanted.some((one) => broughtAll(one, events))) lane.hungry = true;
    const leaseEndsAt = claimedAt + LEASE_MS;
    const held = events.map((event) => ({ event, applicationUser, claimedAt, leaseEndsAt, callBeganAt: null }));
    this.sender.receive(lane, held);
  }

  private run(): void {
    this.awake = true;
    if (this.running && !this.looping) void this.loop();
  }

  private async loop(): Promise<void> {
    this.looping = true;
    while (this.awake && this.running) {
      this.awake = false;
      await this.underway.track(this.tick());
    }
    this.looping = false;
    if (this.running) this.alarm.by(this.nextLookAt());
  }

  private nextLookAt(): EpochMs {
    const { clock, gates, lanes } = this.parts;
    const now = clock.now();
    const poll = now + (lanes.some((lane) => lane.load > 0) ? GATES_MAX_AGE_MS : POLL_MS);
    return Math.min(poll, gates.nextReopeningAt(now) ?? poll, this.retryAt ?? poll);
  }

  private look(): void {
    this.unswept = true;
    if (this.retryAt !== null && this.retryAt <= this.parts.clock.now()) this.retryAt = null;
    this.wake();
  }

  private due(at: EpochMs): void {
    if (at <= this.parts.clock.now()) {
      this.wake();
    } else if (this.running) {
      this.retryAt = Math.min(at, this.retryAt ?? at);
      this.alarm.by(at);
    }
  }

  private async probe(applicationUser: string): Promise<void> {
    if (await this.parts.probes.probe(applicationUser, this.stopping.signal)) this.wake();
  }

  private gateChanged(gate: GateRecord): void {
    const now = this.parts.clock.now();
    const lane = this.parts.lanes.find(({ applicationUser }) => userGate(applicationUser) === gate.name);
    if (gateState(gate, now) !== 'open') lane?.slowDown(now);
    this.look();
  }

  /** A store that rolled back is asked again by the next poll; one that cannot vouch for what it said ends delivery. */
  private tolerate(error: unknown): void {
    if (wasRolledBack(error) || !this.running) return;
    this.running = false;
    this.alarm.cancel();
    this.reportFailure(error instanceof Error ? error : new Error('delivery failed', { cause: error }));
  }

  private async shutDown(graceMs: number): Promise<void> {
    const { gates, settlements, timers, upkeep } = this.parts;
    this.running = false;
    this.alarm.cancel();
    this.stopping.abort();
    this.sender.windDown();
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

/** Whether a claim brought as many of a type as it asked for, so that there may be more. */
function broughtAll({ type, limit }: { type: string; limit: number }, events: readonly ClaimedEvent[]): boolean {
  return events.length >= limit && events.filter((event) => event.type === type).length >= limit;
}
