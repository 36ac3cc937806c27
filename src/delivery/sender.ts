import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { Settlement } from '../outbox/settlement.js';
import type { Admission } from './admission.js';
import { callDestination } from './call-destination.js';
import type { Delivery } from './delivery.js';
import type { Destination } from './destination.js';
import type { HeldEvent } from './held-event.js';
import type { Isolation } from './isolation.js';
import type { Lane } from './lane.js';
import type { Underway } from './underway.js';

export interface SenderParts {
  readonly destination: Destination;
  readonly lanes: readonly Lane[];
  readonly admission: Admission;
  readonly isolation: Isolation;
  readonly delivery: Delivery;
  readonly clock: Clock;
  readonly timers: Timers;
}

/** What the sender tells of. */
export interface SenderSignals {
  readonly underway: Underway;
  /** An event became claimable, now or at an instant. */
  readonly due: (at: EpochMs) => void;
  /** A lane has room for more, and the store may have it. */
  readonly room: () => void;
}

/** Sends what is claimed: begins calls while slots are free, gives back what may not be sent, settles what ended. */
export class Sender {
  private readonly cutOff = new AbortController();
  private accepting = true;

  constructor(
    private readonly parts: SenderParts,
    private readonly signals: SenderSignals,
  ) {}

  /** Takes newly claimed events over, and begins what may begin. */
  receive(lane: Lane, held: readonly HeldEvent[]): void {
    lane.receive(held);
    this.parts.isolation.look();
    this.beginReady(lane);
  }

  /** What waits behind a gate that has closed, or with a lease that runs out, goes back without waiting for a slot. */
  sweep(): void {
    const { admission, clock, lanes } = this.parts;
    const now = clock.now();
    for (const lane of lanes) {
      this.giveBackReady(lane, (held) => admission.admit(held, lane, now) === 'give-back');
    }
  }

  /** Sends a suspect that waits; to be called whenever nothing is under way. */
  beginAlone(): void {
    const { admission, clock, isolation } = this.parts;
    const suspect = isolation.take();
    if (suspect === null) return;
    const { lane, held } = suspect;
    const admitted = this.accepting && admission.admit(held, lane, clock.now()) === 'begin';
    this.track((admitted ? this.carry(lane, held) : this.giveBack(held)).finally(() => this.rejoin()));
  }

  /** From now on everything that has not begun goes back. */
  windDown(): void {
    this.accepting = false;
    for (const lane of this.parts.lanes) this.beginReady(lane);
    this.beginAlone();
  }

  /** Ends the calls under way; each is `uncertain` unless it has its answer. */
  cutOffCalls(): void {
    this.cutOff.abort();
  }

  private beginReady(lane: Lane): void {
    const { admission, clock, isolation, lanes } = this.parts;
    if (isolation.isOn || !this.accepting) {
      for (const each of lanes) this.giveBackReady(each, () => true);
      return;
    }
    const now = clock.now();
    for (let held = lane.next(); held !== undefined; held = lane.next()) {
      const admittance = admission.admit(held, lane, now);
      if (admittance === 'wait') return;
      lane.takeNext();
      this.track(admittance === 'begin' ? this.carry(lane, held) : this.giveBack(held));
    }
  }

  private async carry(lane: Lane, held: HeldEvent): Promise<void> {
    const { clock, delivery, destination, timers } = this.parts;
    const callBeganAt = clock.now();
    lane.begin(held, callBeganAt);
    try {
      const call = (signal: AbortSignal) => destination.deliver(held.event, held.applicationUser, signal);
      const report = await callDestination(call, this.cutOff.signal, timers);
      const concluded = delivery.conclude(held, report);
      lane.answer(held);
      if (report.outcome.kind === 'delivered') lane.delivered(callBeganAt);
      this.beginReady(lane);
      this.follow(held, await concluded);
    } finally {
      lane.release(held);
    }
    if (lane.hungry && lane.room() > 0) this.signals.room();
  }

  /** What a settlement makes possible: a retry at its time, another user's turn, the next of an ordering key. */
  private follow({ event }: HeldEvent, settlement: Settlement): void {
    const now = this.parts.clock.now();
    if (settlement.kind === 'retry') this.signals.due(now + settlement.delayMs);
    else if (this.parts.delivery.isOrdered(event.type)) this.signals.due(now);
  }

  /** A suspect has ended: what was held back for its sake, the next suspect among it, is due at once. */
  private rejoin(): void {
    this.parts.isolation.end();
    this.signals.due(this.parts.clock.now());
  }

  private giveBackReady(lane: Lane, fits: (held: HeldEvent) => boolean): void {
    for (const held of lane.takeReady(fits)) this.track(this.giveBack(held));
  }

  private async giveBack(held: HeldEvent): Promise<void> {
    await this.parts.delivery.giveBack(held);
    this.signals.due(this.parts.clock.now());
  }

  private track(work: Promise<void>): void {
    void this.signals.underway.track(work);
  }
}
