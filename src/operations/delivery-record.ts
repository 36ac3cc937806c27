import type { Logger } from 'pino';
import {
  type AttemptEntry,
  DeliveryJournal,
  type PaceReading,
  type StoreRefusal,
  type VerificationEntry,
} from '../delivery/delivery-journal.js';
import { shownState } from '../delivery/gate.js';
import { type Clock, toRfc3339 } from '../kernel/clock.js';
import type { EndBell } from '../outbox/end-bell.js';
import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Causes that end by themselves; the others wait for a person. */
const PASSING: readonly GateCause[] = ['throttled', 'unavailable'];

/** Where delivery's reports go. */
export interface DeliveryRecordParts {
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly clock: Clock;
  readonly endBell: EndBell;
}

/**
 * Records what delivery reports: one wide line per attempt, one per change of a gate, and the metrics. Tells those who
 * wait for an event of its end.
 */
export class DeliveryRecord extends DeliveryJournal {
  constructor(private readonly parts: DeliveryRecordParts) {
    super();
  }

  override attempted(entry: AttemptEntry): void {
    const { logger, metrics, endBell } = this.parts;
    if (entry.settlement !== 'retry' && entry.result !== 'stale') endBell.ended(entry.eventId);
    metrics.delivery.attempted(entry);
    const nextAttemptAt = entry.nextAttemptAt === null ? null : toRfc3339(entry.nextAttemptAt);
    const line = { ...entry, nextAttemptAt };
    if (entry.settlement === 'dead' || entry.result === 'stale') logger.warn(line, 'delivery.attempted');
    else logger.info(line, 'delivery.attempted');
  }

  override paced(applicationUser: string, reading: PaceReading): void {
    this.parts.metrics.pace.paced(applicationUser, reading);
  }

  override gateChanged(gate: GateRecord): void {
    const { logger, clock } = this.parts;
    const { name, cause, detail, closedUntil, closings, pause } = gate;
    const state = shownState(gate, clock.now());
    const line = {
      gate: name,
      // Nothing passes a paused gate, even if nothing else closes it.
      state: pause === null ? state : 'paused',
      cause,
      detail,
      closedUntil: closedUntil === null || state === 'open' ? null : toRfc3339(closedUntil),
      closings,
      paused: pause !== null,
      pausedBy: pause?.by ?? null,
      pauseReason: pause?.reason ?? null,
    };
    const passes = cause !== null && PASSING.includes(cause);
    if (state === 'closed' && !passes) logger.error(line, 'gate.changed');
    else if (state === 'closed' || pause !== null) logger.warn(line, 'gate.changed');
    else logger.info(line, 'gate.changed');
  }

  override verified(entry: VerificationEntry): void {
    const { logger, metrics } = this.parts;
    const { type, verification } = entry;
    metrics.verification.verified(entry);
    if (!entry.isNews) return;
    if (verification.status === 'verified') logger.info({ type }, 'type.verified');
    else if (verification.status === 'drifted') logger.error({ type, detail: verification.detail }, 'type.drifted');
    else logger.warn({ type, detail: entry.inFull ?? verification.detail }, 'type.not-verified');
  }

  override storeRefused(refusal: StoreRefusal): void {
    this.parts.logger.error(refusal, 'delivery.store-refused');
  }

  override storeBack(refusedForMs: number): void {
    this.parts.logger.info({ refusedForMs }, 'delivery.store-back');
  }
}
