import { Gauge, type Registry } from 'prom-client';
import type { Closing } from '../../ingest/pressure.js';

const REASONS: Record<Closing, true> = {
  'shutting-down': true,
  overloaded: true,
  'storage-full': true,
  'backlog-full': true,
};

export interface PressureFigures {
  /** Why new events are not let in, or null. */
  readonly closing: Closing | null;
  /** Null where this process cannot know the store's disk. */
  readonly freeBytes: number | null;
  readonly queued: number;
  readonly backlogLimit: number;
}

/** Whether this process lets new events in, and how near it is to its limits. */
export class PressureMetrics {
  private readonly closed: Gauge<'reason'>;
  private readonly free: Gauge;
  private readonly queue: Gauge;
  private readonly limit: Gauge;

  constructor(registry: Registry) {
    const registers = [registry];
    this.closed = new Gauge({
      name: 'gateway_acceptance_closed',
      help: 'Whether new events are answered with 503, by reason (docs/problems.md).',
      labelNames: ['reason'],
      registers,
    });
    this.free = new Gauge({
      name: 'gateway_store_free_bytes',
      help: 'Bytes free where the store lies; missing where that is a database server.',
      registers,
    });
    // A gauge without labels begins at 0, which would read as a full disk.
    this.free.remove();
    this.queue = new Gauge({
      name: 'gateway_accept_queue_events',
      help: 'Events that wait in this process for the store to take them.',
      registers,
    });
    this.limit = new Gauge({ name: 'gateway_backlog_limit', help: 'The setting BACKLOG_LIMIT.', registers });
  }

  show({ closing, freeBytes, queued, backlogLimit }: PressureFigures): void {
    for (const reason of Object.keys(REASONS)) this.closed.set({ reason }, reason === closing ? 1 : 0);
    if (freeBytes !== null) this.free.set(freeBytes);
    this.queue.set(queued);
    this.limit.set(backlogLimit);
  }
}
