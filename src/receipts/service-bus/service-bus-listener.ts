import type { Timers } from '../../kernel/timers.js';
import type { ReceiptsService } from '../receipts.service.js';
import type { BusFailure } from './classify-bus-error.js';
import type { ListenerJournal } from './listener-journal.js';
import { DEFAULT_PACE, type ListenerPace, retryWait } from './listener-pace.js';
import { ListenerSession } from './listener-session.js';
import { type ServiceBusSource, sourceName } from './service-bus-source.js';
import { waitFor } from './waiting.js';

export interface ServiceBusListenerParts {
  readonly source: ServiceBusSource;
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  readonly timers: Timers;
  /** Whether the store answers: after it did not take a receipt, nothing is received until this says true. */
  readonly isStoreUp: () => Promise<boolean>;
  readonly pace?: ListenerPace;
}

/**
 * Takes receipts from a queue, or a topic's subscription, of Azure Service Bus with peek-lock: a message is completed
 * after its receipt is durable. Whatever ends a session, another follows, until the listener is stopped.
 */
export class ServiceBusListener {
  private readonly pace: ListenerPace;
  private readonly name: string;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private session: ListenerSession | null = null;
  /** In a row, since a session last came up. */
  private failures = 0;
  private isUp = false;
  private isStoreInDoubt = false;

  constructor(private readonly parts: ServiceBusListenerParts) {
    this.pace = parts.pace ?? DEFAULT_PACE;
    this.name = sourceName(parts.source);
  }

  /** Neither waits nor throws: a bus that is away, or that refuses, is tried again for ever. */
  start(): void {
    this.running ??= this.run();
  }

  /** Receives no more and finishes what is under way, for at most `graceMs`; the rest comes again. Never rejects. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.session?.stop(graceMs);
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { name, pace, isStoreInDoubt } = this;
      this.session = new ListenerSession({ ...this.parts, name, pace, isStoreInDoubt });
      const end = await this.session.run(() => this.cameUp());
      this.isStoreInDoubt = typeof end === 'object' ? end.cause === 'not-stored' || isStoreInDoubt : false;
      if (typeof end === 'object') await this.recover(end);
    }
    this.parts.journal.changed(this.name, { kind: 'stopped' });
  }

  private cameUp(): void {
    this.failures = 0;
    if (this.isUp) return;
    this.isUp = true;
    this.parts.journal.changed(this.name, { kind: 'up' });
  }

  private async recover(failure: BusFailure): Promise<void> {
    this.isUp = false;
    await this.wait(failure);
    if (failure.cause !== 'not-stored') return;
    // Each redelivery counts towards the entity's limit, so nothing is received merely to see whether the store is back.
    while (!this.stopping.signal.aborted && !(await this.isStoreUp())) await this.wait(failure);
  }

  private async wait(failure: BusFailure): Promise<void> {
    this.failures += 1;
    const retryInMs = retryWait(this.failures, this.pace, Math.random);
    this.parts.journal.changed(this.name, { kind: 'down', ...failure, retryInMs });
    await waitFor(retryInMs, this.parts.timers, this.stopping.signal);
  }

  private isStoreUp(): Promise<boolean> {
    return this.parts.isStoreUp().catch(() => false);
  }
}
