import type { Timers } from '../../kernel/timers.js';
import type { ReceiptsService, Taken } from '../receipts.service.js';
import { BusConnection } from './bus-connection.js';
import type { BusFailure } from './classify-bus-error.js';
import { isProofOfStoring } from './is-proof-of-storing.js';
import type { ListenerJournal } from './listener-journal.js';
import { DEFAULT_PACE, type ListenerPace, retryWait } from './listener-pace.js';
import { ListenerSession, type NotTaken, type SessionEnd } from './listener-session.js';
import { type ServiceBusSource, sourceName } from './service-bus-source.js';
import { waitFor } from './waiting.js';

export interface ServiceBusListenerParts {
  readonly source: ServiceBusSource;
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  readonly timers: Timers;
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
      const connect = BusConnection.create;
      this.session = new ListenerSession({ ...this.parts, name, pace, isStoreInDoubt, connect });
      await this.recover(await this.session.run(() => this.cameUp()));
    }
    this.parts.journal.changed(this.name, { kind: 'stopped' });
  }

  private cameUp(): void {
    this.failures = 0;
    if (this.isUp) return;
    this.isUp = true;
    this.parts.journal.changed(this.name, { kind: 'up' });
  }

  private async recover(end: SessionEnd): Promise<void> {
    if (end === 'stored') this.isStoreInDoubt = false;
    if (typeof end !== 'object') return;
    this.isUp = false;
    if ('arrival' in end) await this.takeAgain(end);
    else await this.wait(end);
  }

  /**
   * Each delivery counts towards the entity's limit, so nothing is received merely to see whether the store is back: the
   * receipt it did not take is what it is asked to take. Its message comes again, and is then `repeated`.
   */
  private async takeAgain(notTaken: NotTaken): Promise<void> {
    this.isStoreInDoubt = true;
    let taken: Taken | null = null;
    while (taken === null && !this.stopping.signal.aborted) {
      await this.wait(notTaken);
      if (!this.stopping.signal.aborted) taken = await this.tryAgain(notTaken);
    }
    if (taken !== null && isProofOfStoring(taken)) this.isStoreInDoubt = false;
  }

  /** Null where it was not taken, or the listener is stopped before it was: then it comes again from the bus. */
  private tryAgain({ arrival }: NotTaken): Promise<Taken | null> {
    const { promise, resolve } = Promise.withResolvers<Taken | null>();
    this.parts.receipts.take(arrival).then(resolve, () => resolve(null));
    const { signal } = this.stopping;
    const stopped = () => resolve(null);
    signal.addEventListener('abort', stopped, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', stopped));
  }

  private async wait({ cause, detail }: BusFailure): Promise<void> {
    this.failures += 1;
    const retryInMs = retryWait(this.failures, this.pace, Math.random);
    this.parts.journal.changed(this.name, { kind: 'down', cause, detail, retryInMs });
    await waitFor(retryInMs, this.parts.timers, this.stopping.signal);
  }
}
