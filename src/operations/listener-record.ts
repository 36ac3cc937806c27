import type { Logger } from 'pino';
import type { Clock, EpochMs } from '../kernel/clock.js';
import {
  CAUSES_FOR_A_PERSON,
  type DeadLetterReason,
  ListenerJournal,
  type ListenerState,
  type SettlementWord,
} from '../receipts/service-bus/listener-journal.js';
import type { GatewayMetrics } from './metrics/gateway-metrics.js';

/** If locks end before completions arrive, this is reported for every message. */
const UNSETTLED_EVERY_MS = 60_000;

/** Records what the listener on Service Bus reports: a line when its state changes and for each message set aside. */
export class ListenerRecord extends ListenerJournal {
  /** The last state that was logged, so that a bus that stays away causes one line and not one per attempt. */
  private told = '';
  private unsettledToldAt: EpochMs = Number.NEGATIVE_INFINITY;
  private unsettledSince = 0;

  constructor(
    private readonly logger: Logger,
    private readonly metrics: GatewayMetrics,
    private readonly clock: Clock,
  ) {
    super();
  }

  override changed(source: string, state: ListenerState): void {
    this.metrics.listener.listens('service-bus', state.kind === 'up');
    const line = { source, ...state };
    const news = state.kind === 'down' ? state.cause : state.kind;
    if (this.told === news) this.logger.debug(line, 'receipt.listener-changed');
    else if (state.kind !== 'down') this.logger.info(line, 'receipt.listener-changed');
    else if (CAUSES_FOR_A_PERSON.includes(state.cause)) this.logger.error(line, 'receipt.listener-changed');
    else this.logger.warn(line, 'receipt.listener-changed');
    this.told = news;
  }

  /** The service that reads contexts already counted a malformed one. */
  override deadLettered(source: string, reason: DeadLetterReason, detail: string): void {
    if (reason !== 'malformed') this.metrics.receipts.refused(reason);
    this.logger.warn({ source, reason, detail }, 'receipt.dead-lettered');
  }

  override unsettled(source: string, settlement: SettlementWord, detail: string): void {
    this.metrics.listener.unsettled('service-bus');
    this.unsettledSince += 1;
    const now = this.clock.now();
    if (now - this.unsettledToldAt < UNSETTLED_EVERY_MS) return;
    this.logger.warn({ source, settlement, detail, count: this.unsettledSince }, 'receipt.unsettled');
    this.unsettledToldAt = now;
    this.unsettledSince = 0;
  }

  override failed(source: string, err: unknown): void {
    this.logger.error({ source, err }, 'receipt.listener-failed');
  }
}
