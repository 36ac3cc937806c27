import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Gauge, type Registry } from 'prom-client';

const RESOLUTION_MS = 10;
const RESOLUTION_NS = RESOLUTION_MS * 1e6;
const NS_PER_SECOND = 1e9;

/**
 * How late the event loop is. Node samples by a timer and reports the whole interval, so that an idle process seems to
 * be 10 ms late; this subtracts the interval. It starts anew with every scrape.
 */
export class EventLoopMetrics {
  private readonly delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  private readonly gauge: Gauge<'quantile'>;

  constructor(registry: Registry) {
    this.gauge = new Gauge({
      name: 'gateway_event_loop_delay_seconds',
      help: 'How late the event loop was since the last scrape; quantile 1 is the maximum.',
      labelNames: ['quantile'],
      registers: [registry],
    });
    this.delays.enable();
  }

  refresh(): void {
    for (const [quantile, ns] of [
      ['0.5', this.delays.percentile(50)],
      ['0.99', this.delays.percentile(99)],
      ['1', this.delays.max],
    ] as const) {
      this.gauge.set({ quantile }, this.delays.count === 0 ? 0 : Math.max(0, ns - RESOLUTION_NS) / NS_PER_SECOND);
    }
    this.delays.reset();
  }

  stop(): void {
    this.delays.disable();
  }
}
