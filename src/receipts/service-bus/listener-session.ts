import { once } from 'node:events';
import type { Timers } from '../../kernel/timers.js';
import type { ReceiptDelivery, ReceiptsService, Taken } from '../receipts.service.js';
import { BusConnection } from './bus-connection.js';
import { type BusFailure, classifyBusError } from './classify-bus-error.js';
import type { ListenerJournal } from './listener-journal.js';
import type { ListenerPace } from './listener-pace.js';
import { MessageIntake } from './message-intake.js';
import type { ServiceBusSource } from './service-bus-source.js';
import { waitFor, within } from './waiting.js';

export interface ListenerSessionParts {
  readonly source: ServiceBusSource;
  /** The source in words. */
  readonly name: string;
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  readonly timers: Timers;
  readonly pace: ListenerPace;
  /** Whether the store did not take the last receipt: then one message is taken, and others after it was stored. */
  readonly isStoreInDoubt: boolean;
}

/** Why a session ended: a failure, or else nothing that anybody need hear of. */
export type SessionEnd = BusFailure | 'renewed' | 'stopped';

/** For the end of a connection that nobody needs any more; the bus finds out by itself otherwise. */
const CLOSE_MS = 2000;

/** From connecting to the bus until something ends that; the first reason counts. */
export class ListenerSession {
  private readonly over = new AbortController();
  private end: SessionEnd = 'stopped';
  /** How long what is under way may take when the session ends. */
  private graceMs: number;
  private readonly firstTaken = new AbortController();
  private isQuiet = false;
  private readonly intake: MessageIntake;

  constructor(private readonly parts: ListenerSessionParts) {
    this.graceMs = parts.pace.patienceMs;
    this.intake = new MessageIntake({
      receipts: { take: (delivery) => this.take(delivery) },
      journal: parts.journal,
      source: parts.name,
      notStored: ({ message }) => this.conclude({ cause: 'not-stored', detail: message }),
    });
  }

  /** Never rejects. `cameUp` is called when the bus let the listener in. */
  async run(cameUp: () => void): Promise<SessionEnd> {
    const { source, pace, timers, isStoreInDoubt } = this.parts;
    const broken = (error: unknown) => this.conclude(classifyBusError(error, source.connectionString));
    const concurrency = isStoreInDoubt ? 1 : pace.concurrency;
    const parts = { source, intake: this.intake, concurrency, patienceMs: pace.patienceMs, broken };
    let connection: BusConnection | null = null;
    try {
      connection = await BusConnection.create(parts);
      await Promise.race([connection.look(), this.ended()]);
      if (!this.over.signal.aborted) await this.receive(connection, cameUp);
    } catch (error) {
      broken(error);
    }
    if (connection !== null) await within(CLOSE_MS, timers, connection.close());
    return this.end;
  }

  /** Ends it for good; what is under way may take `graceMs`. */
  stop(graceMs: number): void {
    this.graceMs = graceMs;
    this.conclude('stopped');
  }

  private async receive(connection: BusConnection, cameUp: () => void): Promise<void> {
    const { timers, pace } = this.parts;
    const unsubscribe = connection.subscribe();
    const stopWatching = this.watchForQuiet();
    await waitFor(pace.steadyMs, timers, AbortSignal.any([this.over.signal, this.firstTaken.signal]));
    if (!this.over.signal.aborted || this.end === 'renewed') cameUp();
    await this.ended();
    stopWatching();
    const finished = unsubscribe().then(() => this.intake.idle());
    await within(this.graceMs, timers, finished);
  }

  private async take(delivery: ReceiptDelivery): Promise<Taken> {
    this.isQuiet = false;
    const taken = await this.parts.receipts.take(delivery);
    this.firstTaken.abort();
    if (this.parts.isStoreInDoubt && taken.kind === 'taken') this.conclude('renewed');
    return taken;
  }

  private conclude(end: SessionEnd): void {
    if (this.over.signal.aborted) return;
    this.end = end;
    // Over a connection that broke nothing can be settled: its messages come again.
    if (typeof end === 'object' && end.cause !== 'not-stored') this.graceMs = 0;
    this.over.abort();
  }

  private async ended(): Promise<void> {
    const { signal } = this.over;
    if (!signal.aborted) await once(signal, 'abort');
  }

  /** A session that brings nothing is renewed: a connection can die without a word. */
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
