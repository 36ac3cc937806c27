import type { Clock, EpochMs } from '../kernel/clock.js';
import type { Timers } from '../kernel/timers.js';
import type { Admission } from './admission.js';
import { Alarm } from './alarm.js';
import type { Call } from './call.js';
import type { ConcludedEvent, Delivery } from './delivery.js';
import type { CallReport, Destination } from './destination.js';
import type { HeldEvent } from './held-event.js';
import type { Isolation, Suspect } from './isolation.js';
import type { Lane } from './lane.js';
import { sendCall } from './send-call.js';
import { splitUnsent } from './split-unsent.js';
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

/** Sends claimed events: begins calls while slots are free, gives back what may not be sent, settles what has ended. */
export class Sender {
  private readonly cutOff = new AbortController();
  private readonly alarms = new Map<Lane, Alarm>();
  private accepting = true;

  constructor(
    private readonly parts: SenderParts,
    private readonly signals: SenderSignals,
  ) {}

  /** Takes over newly claimed events, and begins those that may begin. */
  receive(lane: Lane, held: readonly HeldEvent[]): void {
    lane.receive(held);
    this.beginReady(lane);
  }

  /**
   * Takes over a suspect: from now on nothing else begins. It is sent at once where nothing is under way; otherwise it
   * goes back, and is claimed again when that has ended.
   */
  isolate({ lane, held }: Suspect): void {
    const { isolation, lanes } = this.parts;
    const isAlone = lanes.every((each) => each.isIdle);
    if (isAlone) isolation.begin({ lane, held });
    else isolation.clear();
    if (!isAlone) this.track(this.giveBack(held));
    this.beginReady(lane);
  }

  /**
   * Events behind a gate that has closed, or with a lease that runs out, go back without waiting for a slot; other
   * events begin now if they may.
   */
  sweep(): void {
    const { admission, clock, lanes } = this.parts;
    const now = clock.now();
    for (const lane of lanes) {
      this.giveBackReady(lane, (held) => admission.admit(held, lane, now) === 'give-back');
      this.beginReady(lane);
    }
  }

  /** Sends a suspect that waits; call this whenever nothing is under way. */
  beginAlone(): void {
    const { admission, clock, isolation } = this.parts;
    const suspect = isolation.take();
    if (suspect === null) return;
    const { lane, held } = suspect;
    const admitted = this.accepting && admission.admit(held, lane, clock.now()) === 'begin';
    this.track((admitted ? this.carry(lane, [held]) : this.giveBack(held)).finally(() => this.rejoin()));
  }

  /** From now on everything that has not begun goes back. */
  windDown(): void {
    this.accepting = false;
    for (const alarm of this.alarms.values()) alarm.cancel();
    for (const lane of this.parts.lanes) this.beginReady(lane);
    this.beginAlone();
  }

  /** Ends the calls under way; each is `uncertain` unless it was answered. */
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
      if (admittance === 'wait') break;
      const share = lane.share();
      lane.takeNext();
      if (admittance === 'begin') this.track(this.carry(lane, [held, ...this.companions(lane, held, share - 1)]));
      else this.track(this.giveBack(held));
    }
    this.beginLater(lane);
  }

  /** The events that share a call with this one: none where it, or a gate before it, is in doubt. */
  private companions(lane: Lane, held: HeldEvent, atMost: number): readonly HeldEvent[] {
    const { admission, clock, delivery } = this.parts;
    if (atMost < 1 || !delivery.mayShare(held)) return [];
    const now = clock.now();
    const fits = (other: HeldEvent) => delivery.mayShare(other) && admission.admit(other, lane, now) === 'begin';
    return lane.takeReady(fits, atMost);
  }

  /** Where a rate and not a slot is missing, nothing else would wake the sender when the next call may begin. */
  private beginLater(lane: Lane): void {
    const nextCallAt = lane.nextCallAt();
    if (nextCallAt > this.parts.clock.now()) this.alarmOf(lane).by(nextCallAt);
  }

  private alarmOf(lane: Lane): Alarm {
    const { clock, timers } = this.parts;
    const known = this.alarms.get(lane);
    if (known !== undefined) return known;
    const alarm = new Alarm(clock, timers, () => {
      this.beginReady(lane);
      this.askForMore(lane);
    });
    this.alarms.set(lane, alarm);
    return alarm;
  }

  private async carry(lane: Lane, held: readonly HeldEvent[]): Promise<void> {
    const { clock, delivery } = this.parts;
    const call = lane.begin(held);
    try {
      const { sent, reports, unsent } = splitUnsent(call, await this.send(lane, call));
      if (reports.length > 0) lane.learn(sent, reports);
      const concluded = delivery.conclude(sent, reports);
      lane.answer(call);
      delivery.paced(lane.applicationUser, lane.pacing.reading());
      this.beginReady(lane);
      const [ended] = await Promise.all([concluded, ...unsent.map((one) => this.giveBack(one))]);
      this.follow(ended, clock.now());
    } finally {
      lane.release(call);
    }
    this.askForMore(lane);
  }

  private send(lane: Lane, call: Call): Promise<readonly CallReport[]> {
    const { admission, clock, destination, timers } = this.parts;
    const admits = (held: HeldEvent) => admission.stillAdmits(held, lane, clock.now());
    const mayStillSend = () => this.accepting && call.held.every(admits);
    return sendCall(call, { destination, timers, signal: this.cutOff.signal, mayStillSend });
  }

  private askForMore(lane: Lane): void {
    if (lane.hungry && lane.room() > 0) this.signals.room();
  }

  /** What settlements make possible: a retry at its time, another user's turn, the next event of an ordering key. */
  private follow(concluded: readonly ConcludedEvent[], now: EpochMs): void {
    for (const { event, settlement } of concluded) {
      if (settlement.kind === 'retry') this.signals.due(now + settlement.delayMs);
      else if (this.parts.delivery.isOrdered(event.type)) this.signals.due(now);
    }
  }

  /** A suspect has ended: the work it held back is due at once, and then the next suspect. */
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
