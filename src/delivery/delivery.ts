import type { EventCatalog } from '../contract/event-catalog.js';
import type { Clock } from '../kernel/clock.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { AttemptCounts, NewAttempt, Settlement } from '../outbox/settlement.js';
import { attemptEntry } from './attempt-entry.js';
import { attemptLine } from './attempt-line.js';
import type { Call } from './call.js';
import { decide, type EndedAttempt, type Verdict } from './decide.js';
import type { DeliveryJournal, PaceReading } from './delivery-journal.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import type { AttemptReport } from './destination.js';
import type { GateWatch } from './gate-watch.js';
import type { HeldEvent } from './held-event.js';
import { LEASE_MS } from './lease.js';
import { wereRefusedTogether } from './refused-together.js';
import type { Settlements } from './settlements.js';

export interface DeliveryParts {
  readonly watch: GateWatch;
  readonly settlements: Settlements;
  readonly catalog: EventCatalog;
  readonly policy: DeliveryPolicy;
  readonly journal: DeliveryJournal;
  readonly clock: Clock;
  /** From 0 to below 1: spreads the backoff. */
  readonly random: () => number;
}

/** An event after its call, and what it became. */
export interface ConcludedEvent {
  readonly event: ClaimedEvent;
  readonly settlement: Settlement;
}

/** Stands in the timeline where the process that knew the application user is gone. */
const UNKNOWN_USER = 'unknown';

/** Nobody knows whose gate it was. No event dies of age behind a gate, so its next attempt judges its age. */
const UNWITNESSED = {
  outcome: { kind: 'lease-lost' },
  closedOpenGate: false,
  refusedTogether: false,
  gated: true,
} as const;

/** What follows an attempt: the gates learn of it, the event's settlement is decided, stored and reported. */
export class Delivery {
  constructor(private readonly parts: DeliveryParts) {}

  /**
   * Ends a call: settles each of its events. When this returns, the gates know of the call. When it resolves, the
   * events are settled; the gates are stored before, so that no other process claims the events through a gate that
   * only this one knows to be closed.
   */
  async conclude(call: Call, reports: readonly AttemptReport[]): Promise<readonly ConcludedEvent[]> {
    const { clock, watch } = this.parts;
    const endedAt = clock.now();
    const parts = partsOf(call, reports);
    const { applicationUser, beganAt: callBeganAt } = call;
    const effect = watch.observe({ applicationUser, callBeganAt, parts });
    const refusedTogether = wereRefusedTogether(parts);
    const judged = parts.map((part) => {
      const { event, report } = part;
      const gated = watch.isGated(event.type, applicationUser);
      const closedOpenGate = effect.closers.has(part);
      const verdict = this.judge(event, { outcome: report.outcome, closedOpenGate, refusedTogether, gated });
      const attempt = attemptLine({ call, report, counted: verdict.counted, endedAt });
      return { event, verdict, attempt };
    });
    await effect.saved;
    await Promise.all(judged.map(({ event, verdict, attempt }) => this.settle(event, verdict, attempt)));
    return judged.map(({ event, verdict }) => ({ event, settlement: verdict.settlement }));
  }

  /** Ends a lease whose call never began: nothing counts and nothing is recorded. */
  async giveBack({ event }: HeldEvent): Promise<void> {
    const settlement: Settlement = { kind: 'retry', delayMs: 0, counts: event.counts };
    await this.parts.settlements.settle({ id: event.id, leaseToken: event.leaseToken, settlement, attempt: null });
  }

  /**
   * Ends a lease whose owner died. A call may have been made or not: `uncertain`. Does nothing and reports nothing
   * where the lease was renewed since, or another process was faster.
   */
  async recover(event: ClaimedEvent): Promise<void> {
    const verdict = this.judge(event, UNWITNESSED);
    const attempt = lostAttempt(event, verdict.counted);
    const { id, leaseToken } = event;
    const request = { id, leaseToken, settlement: verdict.settlement, attempt, onlyIfEnded: true } as const;
    const result = await this.parts.settlements.settle(request);
    if (result !== 'stale') this.tell({ event, attempt, verdict, result });
  }

  /** Reports the pace of an application user, for operators. */
  paced(applicationUser: string, reading: PaceReading): void {
    this.parts.journal.paced(applicationUser, reading);
  }

  /** Whether an event may share a call: it had no trouble before, and every gate before it is open. */
  mayShare({ event, applicationUser }: HeldEvent): boolean {
    return hadNoTrouble(event.counts) && !this.parts.watch.isGated(event.type, applicationUser);
  }

  isOrdered(type: string): boolean {
    return this.parts.catalog.find(type)?.orderingKey !== null;
  }

  private judge(event: ClaimedEvent, attempt: Omit<EndedAttempt, 'event' | 'whenDead' | 'now'>): Verdict {
    const { catalog, clock, policy, random } = this.parts;
    // For a type that is no longer known the safer policy counts: those behind it wait for a person.
    const whenDead = catalog.find(event.type)?.whenDead ?? 'block';
    return decide({ ...attempt, event, whenDead, now: clock.now() }, policy, random);
  }

  private async settle(event: ClaimedEvent, verdict: Verdict, attempt: NewAttempt): Promise<void> {
    const { id, leaseToken } = event;
    const result = await this.parts.settlements.settle({ id, leaseToken, settlement: verdict.settlement, attempt });
    this.tell({ event, attempt, verdict, result });
  }

  private tell(ended: Omit<Parameters<typeof attemptEntry>[0], 'policy' | 'now'>): void {
    const { journal, clock, policy } = this.parts;
    journal.attempted(attemptEntry({ ...ended, policy, now: clock.now() }));
  }
}

function lostAttempt(event: ClaimedEvent, counted: boolean): NewAttempt {
  return {
    outcome: 'uncertain',
    counted,
    // The last sign of life: when the lease was given or renewed.
    startedAt: event.leaseUntil - LEASE_MS,
    durationMs: 0,
    applicationUser: UNKNOWN_USER,
    httpStatus: null,
    errorCode: null,
    detail: 'the process that held the event ended before it recorded an answer',
    serviceRequestId: null,
  };
}

/** An event that failed once may be the one that makes others fail in its batch. */
function hadNoTrouble({ attempts, lostLeases, gateClosings }: AttemptCounts): boolean {
  return attempts === 0 && lostLeases === 0 && gateClosings === 0;
}

function partsOf({ held }: Call, reports: readonly AttemptReport[]) {
  return held.flatMap(({ event }, index) => {
    const report = reports[index];
    return report === undefined ? [] : [{ event, report }];
  });
}
