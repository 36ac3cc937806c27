import type { Logger } from 'pino';
import {
  type AttemptEntry,
  DeliveryJournal,
  type PaceReading,
  type StoreRefusal,
} from '../delivery/delivery-journal.js';
import { gateState } from '../delivery/gate.js';
import { type Clock, toRfc3339 } from '../kernel/clock.js';
import type { GateCause, GateRecord } from '../outbox/gate-store.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** Causes that pass by themselves; the others wait for a person. */
const PASSING: readonly GateCause[] = ['throttled', 'unavailable'];

/** Keeps what delivery tells: one wide line per attempt, one per change of a gate, and the metrics. */
export class DeliveryRecord extends DeliveryJournal {
  constructor(
    private readonly logger: Logger,
    private readonly metrics: GatewayMetrics,
    private readonly clock: Clock,
  ) {
    super();
  }

  override attempted(entry: AttemptEntry): void {
    this.metrics.delivery.attempted(entry);
    const nextAttemptAt = entry.nextAttemptAt === null ? null : toRfc3339(entry.nextAttemptAt);
    const line = { ...entry, nextAttemptAt };
    if (entry.settlement === 'dead' || entry.result === 'stale') this.logger.warn(line, 'delivery.attempted');
    else this.logger.info(line, 'delivery.attempted');
  }

  override paced(applicationUser: string, reading: PaceReading): void {
    this.metrics.pace.paced(applicationUser, reading);
  }

  override gateChanged(gate: GateRecord): void {
    const state = gateState(gate, this.clock.now());
    const line = {
      gate: gate.name,
      state,
      cause: gate.cause,
      detail: gate.detail,
      closedUntil: gate.closedUntil === null ? null : toRfc3339(gate.closedUntil),
      closings: gate.closings,
      paused: gate.pause !== null,
      pausedBy: gate.pause?.by ?? null,
      pauseReason: gate.pause?.reason ?? null,
    };
    if (state !== 'closed') this.logger.info(line, 'gate.changed');
    else if (gate.cause !== null && PASSING.includes(gate.cause)) this.logger.warn(line, 'gate.changed');
    else this.logger.error(line, 'gate.changed');
  }

  override storeRefused(refusal: StoreRefusal): void {
    this.logger.error(refusal, 'delivery.store-refused');
  }

  override storeBack(refusedForMs: number): void {
    this.logger.info({ refusedForMs }, 'delivery.store-back');
  }
}
