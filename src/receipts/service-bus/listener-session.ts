import { once } from 'node:events';
import type { Timers } from '../../kernel/timers.js';
import type { Arrival } from '../arrival.js';
import type { ReceiptsService, TakeResult } from '../receipts.service.js';
import type { BusConnection, BusConnectionParts } from './bus-connection.js';
import { type BusFailure, classifyBusError } from './classify-bus-error.js';
import { isProofOfStoring } from './is-proof-of-storing.js';
import type { ListenerJournal } from './listener-journal.js';
import type { ListenerPace } from './listener-pace.js';
import { MessageIntake } from './message-intake.js';
import type { ServiceBusSource } from './service-bus-source.js';
import { type TakeFailure, takeFailureOf } from './take-failure.js';
import { waitFor, within } from './waiting.js';

export interface ListenerSessionParts {
  readonly source: ServiceBusSource;
  /** The source in words. */
  readonly name: string;
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  readonly timers: Timers;
  readonly pace: ListenerPace;
  /**
   * Whether a receipt was not stored, and none since: then messages are processed one at a time, until one is stored.
   */
  readonly isStoreInDoubt: boolean;
  /** Throws where the source is unusable. */
  readonly connect: (parts: BusConnectionParts) => Promise<Pick<BusConnection, 'look' | 'subscribe' | 'close'>>;
}

/** Why a session ended: a failure, or an end that needs no report. `stored`: the store works again. */
export type SessionEnd = BusFailure | TakeFailure | 'renewed' | 'stored' | 'stopped';

/** For closing a connection that is no longer needed; otherwise the bus finds out by itself. */
const CLOSE_MS = 2000;

/** From connecting to the bus until something ends the session; the first reason counts. */
export class ListenerSession {
  private readonly over = new AbortController();
  private end: SessionEnd = 'stopped';
  /** How long messages under way may take when the session ends. */
  private graceMs: number;
  private readonly firstTaken = new AbortController();
  private isQuiet = false;
  private readonly intake: MessageIntake;

  constructor(private readonly parts: ListenerSessionParts) {
    this.graceMs = parts.pace.patienceMs;
    this.intake = new MessageIntake({
      receipts: { take: (arrival) => this.take(arrival) },
      journal: parts.journal,
      source: parts.name,
      failed: (arrival, error) => this.takeFailed(arrival, error),
    });
  }

  /** Never rejects. `cameUp` is called when the bus accepted the listener. */
  async run(cameUp: () => void): Promise<SessionEnd> {
    const connection = await this.connect();
    if (connection === null) return this.end;
    try {
      await Promise.race([connection.look(), this.ended()]);
      if (!this.over.signal.aborted) await this.receive(connection, cameUp);
    } catch (error) {
      this.broken(error);
    }
    await within(CLOSE_MS, this.parts.timers, connection.close());
    return this.end;
  }

  /** Ends it for good; messages under way may take `graceMs`. */
  stop(graceMs: number): void {
    this.graceMs = graceMs;
    this.conclude('stopped');
  }

  private async connect() {
    const { source, pace, isStoreInDoubt, connect } = this.parts;
    const concurrency = isStoreInDoubt ? 1 : pace.concurrency;
    const broken = (error: unknown) => this.broken(error);
    try {
      return await connect({ source, intake: this.intake, concurrency, patienceMs: pace.patienceMs, broken });
    } catch (error) {
      this.conclude({ ...classifyBusError(error, source.connectionString), cause: 'misconfigured' });
      return null;
    }
  }

  private async receive(connection: Pick<BusConnection, 'subscribe'>, cameUp: () => void): Promise<void> {
    const { timers, pace } = this.parts;
    const unsubscribe = connection.subscribe();
    const stopWatching = this.watchForQuiet();
    await waitFor(pace.steadyMs, timers, AbortSignal.any([this.over.signal, this.firstTaken.signal]));
    if (!this.over.signal.aborted || this.end === 'stored' || this.end === 'renewed') cameUp();
    await this.ended();
    stopWatching();
    const finished = unsubscribe().then(() => this.intake.idle());
    await within(this.graceMs, timers, finished);
  }

  private async take(arrival: Arrival): Promise<TakeResult> {
    this.isQuiet = false;
    const result = await this.parts.receipts.take(arrival);
    this.firstTaken.abort();
    if (this.parts.isStoreInDoubt && isProofOfStoring(result)) this.conclude('stored');
    return result;
  }

  private takeFailed(arrival: Arrival, error: unknown): void {
    const end = takeFailureOf(arrival, error);
    if (end.cause === 'failed') this.parts.journal.failed(this.parts.name, error);
    this.conclude(end);
  }

  private broken(error: unknown): void {
    // Nothing can be settled over a broken connection: its messages come again.
    if (!this.over.signal.aborted) this.graceMs = 0;
    this.conclude(classifyBusError(error, this.parts.source.connectionString));
  }

  private conclude(end: SessionEnd): void {
    if (this.over.signal.aborted) return;
    this.end = end;
    this.over.abort();
  }

  private async ended(): Promise<void> {
    const { signal } = this.over;
    if (!signal.aborted) await once(signal, 'abort');
  }

  /** A session that brings nothing is renewed: a connection can die silently. */
  private watchForQuiet(): () => void {
    const { timers, pace } = this.parts;
    let cancel = () => {};
    const look = () => {
      if (this.isQuiet) this.conclude('renewed');
      this.isQuiet = true;
      cancel = timers.after(pace.renewAfterMs, look);
    };
    look();
    return () => cancel();
  }
}
