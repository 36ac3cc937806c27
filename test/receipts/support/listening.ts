import { SystemTimers } from '../../../src/kernel/timers.js';
import type { Arrival } from '../../../src/receipts/arrival.js';
import type { ReceiptsService, TakeResult } from '../../../src/receipts/receipts.service.js';
import { ServiceBusListener } from '../../../src/receipts/service-bus/service-bus-listener.js';
import type { ServiceBusSource } from '../../../src/receipts/service-bus/service-bus-source.js';
import { BusRecord } from './bus-record.js';

/** Fast enough for tests; everything else as in production. */
const PACE = {
  concurrency: 16,
  firstRetryMs: 20,
  longestRetryMs: 50,
  patienceMs: 30_000,
  steadyMs: 30,
  renewAfterMs: 60_000,
};

export interface ListeningOptions {
  readonly connectionString: string;
  readonly source?: ServiceBusSource['source'];
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly pace?: Partial<typeof PACE>;
}

/** A listener under way, and what it told. */
export interface Listening {
  readonly listener: ServiceBusListener;
  readonly record: BusRecord;
}

/** Starts a listener of the queue `receipts`, unless another source is given. */
export function listen({ connectionString, source, receipts, pace }: ListeningOptions): Listening {
  const record = new BusRecord();
  const listener = new ServiceBusListener({
    source: { connectionString, source: source ?? { kind: 'queue', queue: 'receipts' } },
    receipts,
    journal: record,
    timers: new SystemTimers(),
    pace: { ...PACE, ...pace },
  });
  listener.start();
  return { listener, record };
}

/** Receipts that are taken as a test says, with what came kept. */
export class TakingReceipts {
  readonly arrivals: Arrival[] = [];

  constructor(private readonly answer: (arrival: Arrival) => TakeResult | Promise<TakeResult> = () => CONFIRMED) {}

  get bodies(): readonly string[] {
    return this.arrivals.map(({ body }) => body);
  }

  async take(arrival: Arrival): Promise<TakeResult> {
    this.arrivals.push(arrival);
    return this.answer(arrival);
  }
}

export const CONFIRMED: TakeResult = { kind: 'taken', result: 'confirmed' };
