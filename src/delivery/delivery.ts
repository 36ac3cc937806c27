import type { EventCatalog } from '../contract/event-catalog.js';
import type { Clock } from '../kernel/clock.js';
import type { ClaimedEvent } from '../outbox/outbox.js';
import type { NewAttempt, Settlement } from '../outbox/settlement.js';
import { attemptEntry } from './attempt-entry.js';
import { decide, type EndedAttempt, type Verdict } from './decide.js';
import type { DeliveryJournal } from './delivery-journal.js';
import type { DeliveryPolicy } from './delivery-policy.js';
import type { AttemptReport } from './destination.js';
import type { GateWatch } from './gate-watch.js';
import type { HeldEvent } from './held-event.js';
import { LEASE_MS } from './lease.js';
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

/** Stands in the timeline where the process that knew the application user is gone. */
const UNKNOWN_USER = 'unknown';

/** What follows an attempt: the gates learn of it, the event's fate is decided, stored, and told. */
export class Delivery {
  constructor(private readonly parts: DeliveryParts) {}

  /**
   * Ends an attempt that made a call. The gates know when this returns; the event is settled when it resolves, which
   * is after the gates are stored, lest it be claimed again through a gate that only this process knows to be closed.
   */
  async conclude(held: HeldEvent, report: AttemptReport): Promise<Settlement> {
    const { event, applicationUser } = held;
    const now = this.parts.clock.now();
    const callBeganAt = held.callBeganAt ?? now;
    const effect = this.parts.watch.observe({ event, applicationUser, callBeganAt, report });
    const gated = this.parts.watch.isGated(event.type, applicationUser);
    const verdict = this.judge(event, { outcome: report.outcome, closedOpenGate: effect.closedOpenGate, gated });
    await effect.saved;
    await this.settle(event, verdict, {
      outcome: report.outcome.kind,
      counted: verdict.counted,
      startedAt: callBeganAt,
      durationMs: now - callBeganAt,
      applicationUser,
      httpStatus: report.httpStatus,
      errorCode: report.errorCode,
      detail: report.detail,
      serviceRequestId: report.serviceRequestId,
    });
    return verdict.settlement;
  }

  /** Ends a lease whose call never began: nothing counts, nothing is recorded. */
  async giveBack({ event }: HeldEvent): Promise<void> {
    const settlement: Settlement = { kind: 'retry', delayMs: 0, counts: event.counts };
    await this.parts.settlements.settle({ id: event.id, leaseToken: event.leaseToken, settlement, attempt: null });
  }

  /** Ends a lease that was lost with its owner. Whether a call was made cannot be known: `uncertain`. */
  async recover(event: ClaimedEvent): Promise<void> {
    // Whose gate it was before nobody knows, and no event dies of age behind one: its next attempt judges that.
    const verdict = this.judge(event, { outcome: { kind: 'lease-lost' }, closedOpenGate: false, gated: true });
    await this.settle(event, verdict, {
      outcome: 'uncertain',
      counted: verdict.counted,
      // The last sign of life there is: when the lease was given or renewed.
      startedAt: event.leaseUntil - LEASE_MS,
      durationMs: 0,
      applicationUser: UNKNOWN_USER,
      httpStatus: null,
      errorCode: null,
      detail: 'the process that held the event ended before it recorded an answer',
      serviceRequestId: null,
    });
  }

  isOrdered(type: string): boolean {
    return this.parts.catalog.find(type)?.orderingKey !== null;
  }

  private judge(event: ClaimedEvent, attempt: Pick<EndedAttempt, 'outcome' | 'closedOpenGate' | 'gated'>): Verdict {
    const { catalog, clock, policy, random } = this.parts;
    // Of a type that is no longer known the safer policy is taken: what stands behind it waits for a person.
    const whenDead = catalog.find(event.type)?.whenDead ?? 'block';
    return decide({ ...attempt, event, whenDead, now: clock.now() }, policy, random);
  }

  private async settle(event: ClaimedEvent, verdict: Verdict, attempt: NewAttempt): Promise<void> {
    const { settlements, journal, clock, policy } = this.parts;
    const { id, leaseToken } = event;
    const result = await settlements.settle({ id, leaseToken, settlement: verdict.settlement, attempt });
    journal.attempted(attemptEntry({ event, attempt, verdict, result, policy, now: clock.now() }));
  }
}
