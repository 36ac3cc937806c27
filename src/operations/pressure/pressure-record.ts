import type { Logger } from 'pino';
import type { AcceptanceGate } from '../../ingest/acceptance-gate.js';
import type { Closing } from '../../ingest/pressure.js';
import type { PressureMetrics } from '../metrics/pressure-metrics.js';

/** Records what the watch measures: the metrics each time, and a line in the log when acceptance closes or opens. */
export class PressureRecord {
  private before: Closing | null = null;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: PressureMetrics,
  ) {}

  show(gate: AcceptanceGate, freeBytes: number | null): void {
    const closing = gate.closedToNew(1);
    this.metrics.show({ closing, freeBytes, queued: gate.queue.events, backlogLimit: gate.backlog.limit });
    if (closing === this.before) return;
    this.before = closing;
    const line = { reason: closing, freeBytes, queued: gate.queue.events, backlogLimit: gate.backlog.limit };
    if (closing === null) this.logger.info(line, 'acceptance.opened');
    else if (closing === 'storage-full') this.logger.error(line, 'acceptance.closed');
    else if (closing !== 'shutting-down') this.logger.warn(line, 'acceptance.closed');
  }
}
