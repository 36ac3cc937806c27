import type { Timers } from '../../kernel/timers.js';
import type { ReceiptsService, TakeResult } from '../receipts.service.js';
import { BusConnection } from './bus-connection.js';
import type { BusFailure } from './classify-bus-error.js';
import { isProofOfStoring } from './is-proof-of-storing.js';
import type { ListenerJournal } from './listener-journal.js';
import { DEFAULT_PACE, type ListenerPace, retryWait } from './listener-pace.js';
import { ListenerSession, type ListenerSessionParts, type SessionEnd } from './listener-session.js';
import { type ServiceBusSource, sourceName } from './service-bus-source.js';
import { type TakeFailure, takeFailureOf } from './take-failure.js';
import { waitFor } from './waiting.js';

export interface ServiceBusListenerParts {
  readonly source: ServiceBusSource;
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  readonly timers: Timers;
  readonly pace?: ListenerPace;
  /** In tests, in place of a connection to the bus. */
  readonly connect?: ListenerSessionParts['connect'];
}

/**
 * Takes receipts from a queue, or a topic's subscription, of Azure Service Bus with peek-lock: a message is completed
 * after its receipt is durable. After the end of a session, for any reason, another one begins, until the listener is
 * stopped.
 */
export class ServiceBusListener {
  private readonly pace: ListenerPace;
  private readonly name: string;
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private session: ListenerSession | null = null;
  /** Failures in a row, since a session last came up. */
  private failures = 0;
  private isUp = false;
  private isStoreInDoubt = false;

  constructor(private readonly parts: ServiceBusListenerParts) {
    this.pace = parts.pace ?? DEFAULT_PACE;
    this.name = sourceName(parts.source);
  }

  /** Neither waits nor throws: a bus that cannot be reached, or refuses, is tried again for ever. */
  start(): void {
    this.running ??= this.run();
  }

  /** Receives no more and finishes messages under way, for at most `graceMs`; the others come again. Never rejects. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    this.session?.stop(graceMs);
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const { name, pace, isStoreInDoubt } = this;
      const connect = this.parts.connect ?? BusConnection.create;
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
   * Each delivery of a message counts towards the entity's limit, so no message is received merely to see whether the
   * store is back: the store is asked with the receipt that it refused. That receipt's message comes again, and is then
   * `repeated`.
   */
  private async takeAgain(failure: TakeFailure): Promise<void> {
    this.isStoreInDoubt = true;
    let last: TakeResult | TakeFailure = failure;
    while ('arrival' in last && !this.stopping.signal.aborted) {
      await this.wait(last);
      if (!this.stopping.signal.aborted) last = await this.tryAgain(last);
    }
    if ('kind' in last && isProofOfStoring(last)) this.isStoreInDoubt = false;
  }

  /** The former failure, if the listener is stopped before the receipt is stored: then it comes again from the bus. */
  private tryAgain(before: TakeFailure): Promise<TakeResult | TakeFailure> {
    const { promise, resolve } = Promise.withResolvers<TakeResult | TakeFailure>();
    this.parts.receipts.take(before.arrival).then(resolve, (error) => resolve(this.failedAgain(before, error)));
    const { signal } = this.stopping;
    const stopped = () => resolve(before);
    signal.addEventListener('abort', stopped, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', stopped));
  }

  /** For the present reason: the first fault may be gone, and another one there. */
  private failedAgain(before: TakeFailure, error: unknown): TakeFailure {
    const now = takeFailureOf(before.arrival, error);
    const isTold = before.cause === 'failed' && before.detail === now.detail;
    if (now.cause === 'failed' && !isTold) this.parts.journal.failed(this.name, error);
    return now;
  }

  private async wait({ cause, detail }: BusFailure): Promise<void> {
    this.failures += 1;
    const retryInMs = retryWait(this.failures, this.pace, Math.random);
    this.parts.journal.changed(this.name, { kind: 'down', cause, detail, retryInMs });
    await waitFor(retryInMs, this.parts.timers, this.stopping.signal);
  }
}
