import { Counter, Gauge, type Registry } from 'prom-client';

/** The state of the listener on the bus, and the messages it could not settle. */
export class ListenerMetrics {
  private readonly listener: Gauge<'channel'>;
  private readonly unsettledMessages: Counter<'channel'>;

  constructor(registry: Registry) {
    this.listener = new Gauge({
      name: 'gateway_receipt_listener_up',
      help: 'Whether receipts can come from the bus; missing where no bus is set.',
      labelNames: ['channel'],
      registers: [registry],
    });
    this.unsettledMessages = new Counter({
      name: 'gateway_receipts_unsettled_total',
      help: 'Messages whose settlement the bus did not take; they come again.',
      labelNames: ['channel'],
      registers: [registry],
    });
  }

  listens(channel: string, isUp: boolean): void {
    this.listener.set({ channel }, isUp ? 1 : 0);
  }

  unsettled(channel: string): void {
    this.unsettledMessages.inc({ channel });
  }
}
