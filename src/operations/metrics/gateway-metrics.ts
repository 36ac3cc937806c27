import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Clock } from '../../kernel/clock.js';
import { GateStore } from '../../outbox/gate-store.js';
import { Outbox } from '../../outbox/outbox.js';
import { gatewayVersion } from '../version.js';
import { withDeadline } from '../with-deadline.js';
import { AccessMetrics } from './access-metrics.js';
import { DeliveryMetrics } from './delivery-metrics.js';
import { EventLoopMetrics } from './event-loop-metrics.js';
import { GateMetrics } from './gate-metrics.js';
import { IngestMetrics } from './ingest-metrics.js';
import { ListenerMetrics } from './listener-metrics.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { PaceMetrics } from './pace-metrics.js';
import { PressureMetrics } from './pressure-metrics.js';
import { ReceiptMetrics } from './receipt-metrics.js';
import { RetentionMetrics } from './retention-metrics.js';
import { VerificationMetrics } from './verification-metrics.js';

/** Prometheus gives up after 10 s by default; process figures are worth having even while the store hangs. */
const STORE_DEADLINE_MS = 2000;

/** Everything that can be scraped, in a registry of its own. docs/operations.md lists every name. */
@Injectable()
export class GatewayMetrics implements OnApplicationShutdown {
  readonly registry = new Registry();
  readonly access = new AccessMetrics(this.registry);
  readonly delivery = new DeliveryMetrics(this.registry);
  readonly pace = new PaceMetrics(this.registry);
  readonly ingest = new IngestMetrics(this.registry);
  readonly listener = new ListenerMetrics(this.registry);
  readonly pressure = new PressureMetrics(this.registry);
  readonly receipts = new ReceiptMetrics(this.registry);
  readonly retention = new RetentionMetrics(this.registry);
  readonly verification = new VerificationMetrics(this.registry);
  private readonly outboxMetrics = new OutboxMetrics(this.registry);
  private readonly gateMetrics = new GateMetrics(this.registry);
  private readonly eventLoop = new EventLoopMetrics(this.registry);
  private readonly storeUp = new Gauge({
    name: 'gateway_store_up',
    help: 'Whether the store answered this scrape; without it the figures about events and gates are missing.',
    registers: [this.registry],
  });

  constructor(
    private readonly outbox: Outbox,
    private readonly gates: GateStore,
    private readonly clock: Clock,
  ) {
    this.collectProcessMetrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** The text Prometheus reads. Never rejects because of the store. */
  async scrape(): Promise<string> {
    await this.refreshStore();
    this.eventLoop.refresh();
    return this.registry.metrics();
  }

  onApplicationShutdown(): void {
    this.eventLoop.stop();
  }

  private async refreshStore(): Promise<void> {
    const figures = await withDeadline(this.readStore(), STORE_DEADLINE_MS);
    this.storeUp.set(figures === null ? 0 : 1);
    if (figures === null) {
      this.outboxMetrics.forget();
      this.gateMetrics.forget();
      return;
    }
    const [gauges, gates] = figures;
    const now = this.clock.now();
    this.outboxMetrics.show(gauges, now);
    this.gateMetrics.show(gates, now);
  }

  private async readStore() {
    return Promise.all([this.outbox.measure(), this.gates.list()]);
  }

  private collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry });
    // Its event-loop figures include the sampling interval: an idle process seems to be 10 ms late.
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (name.startsWith('nodejs_eventloop_lag')) this.registry.removeSingleMetric(name);
    }
    const build = new Gauge({
      name: 'gateway_build_info',
      help: 'Which version runs; always 1.',
      labelNames: ['version'],
      registers: [this.registry],
    });
    build.set({ version: gatewayVersion() }, 1);
  }
}
