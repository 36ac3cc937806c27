import type { Doorbell } from '../outbox/doorbell.js';
import { type ConfirmResult, type NewReceipt, type ReceiptResult, UNKNOWN_RECEIPT } from '../outbox/receipt.js';
import type { ReceiptStore } from '../outbox/receipt-store.js';
import { StorageError } from '../outbox/storage.error.js';
import type { Arrival } from './arrival.js';
import { MalformedContextError } from './context/malformed-context.error.js';
import type { MessageTypes } from './message-types.js';
import { readRaisedEvent } from './raised-event.js';
import type { ReadingTurns } from './reading-turns.js';
import { receiptOf } from './receipt-of.js';
import type { ReceiptRefusal, ReceiptsJournal } from './receipts-journal.js';

/** What became of an arrival, which need not come again. */
export type TakeResult =
  /** A receipt; what the store made of it. */
  | { readonly kind: 'taken'; readonly result: ReceiptResult }
  /** A context whose message belongs to no event type: nothing of it is kept. */
  | { readonly kind: 'foreign' }
  /** No context, or one without the step that was run; `detail` says why, without echoing any of it. */
  | { readonly kind: 'malformed'; readonly detail: string };

export interface ReceiptsParts {
  readonly store: ReceiptStore;
  readonly types: MessageTypes;
  readonly journal: ReceiptsJournal;
  readonly doorbell: Doorbell;
  readonly turns: ReadingTurns;
}

/** Takes in what Dataverse's event framework reports, over both channels. */
export class ReceiptsService {
  private closed = false;

  constructor(private readonly parts: ReceiptsParts) {}

  /** Whether no more receipts are accepted: the process stops. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** For good; work under way goes on to its end. */
  close(): void {
    this.closed = true;
  }

  /**
   * Durable when it resolves; the same context again changes nothing. Rejects with `StorageError`, or with an error that
   * nobody foresaw; the journal has been told of either, once.
   */
  async take(arrival: Arrival): Promise<TakeResult> {
    try {
      return await this.judge(arrival);
    } catch (error) {
      this.refused(refusalFor(error), arrival);
      throw error;
    }
  }

  private async judge(arrival: Arrival): Promise<TakeResult> {
    const { body, channel, stripped } = arrival;
    const { types, journal, doorbell, turns } = this.parts;
    const raised = await turns.run(() => this.read(body));
    if (raised instanceof MalformedContextError) return this.refuse(raised.message, arrival);
    const verdict = receiptOf(raised, types, { channel, stripped });
    if (verdict.kind === 'unusable') return this.refuse(verdict.detail, arrival);
    if (verdict.kind === 'foreign') {
      journal.foreign(verdict.message, channel);
      return { kind: 'foreign' };
    }
    const { receipt } = verdict;
    // A receipt without a known event: its content was removed, or something else than a gateway raised it.
    const result = receipt.eventIds.length === 0 ? UNKNOWN_RECEIPT : await this.confirm(receipt);
    // Events that waited behind it in its ordering key are due now.
    if (result.ended) doorbell.wake();
    journal.taken({ ...result, receipt });
    return { kind: 'taken', result: result.result };
  }

  /** Nothing is read only to be refused: a stop would wait for everything in the queue. */
  private read(body: string): ReturnType<typeof readRaisedEvent> {
    this.assertOpen();
    return readRaisedEvent(body);
  }

  private assertOpen(): void {
    if (!this.closed) return;
    throw new StorageError('storage-closed', 'the gateway is stopping; the receipt was not stored');
  }

  private async confirm(receipt: NewReceipt): Promise<ConfirmResult> {
    this.assertOpen();
    const [result] = await this.parts.store.confirm([receipt]);
    if (result === undefined) throw new Error('the store answered no result for a receipt');
    return result;
  }

  private refuse(detail: string, arrival: Arrival): TakeResult {
    this.refused('malformed', arrival);
    return { kind: 'malformed', detail };
  }

  private refused(reason: ReceiptRefusal, { channel, from }: Arrival): void {
    this.parts.journal.refused({ reason, channel, ...(from !== undefined && { from }) });
  }
}

function refusalFor(error: unknown): ReceiptRefusal {
  if (!(error instanceof StorageError)) return 'failed';
  return error.code === 'storage-closed' ? 'shutting-down' : 'not-stored';
}
