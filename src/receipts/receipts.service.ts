import type { Doorbell } from '../outbox/doorbell.js';
import { type ConfirmResult, type NewReceipt, type ReceiptResult, UNKNOWN_RECEIPT } from '../outbox/receipt.js';
import type { ReceiptStore } from '../outbox/receipt-store.js';
import { StorageError } from '../outbox/storage.error.js';
import type { Arrival } from './arrival.js';
import { MalformedContextError } from './context/malformed-context.error.js';
import type { MessageTypes } from './message-types.js';
import { readRaisedEvent } from './raised-event.js';
import { ReadingTurns } from './reading-turns.js';
import { receiptOf } from './receipt-of.js';
import type { ReceiptsJournal } from './receipts-journal.js';

/** What became of an arrival. Whatever is `taken` need not come again. */
export type Taken =
  | { readonly kind: 'taken'; readonly result: ReceiptResult | 'foreign' }
  /** No context, or none that says what was run; `detail` says why, without echoing any of it. */
  | { readonly kind: 'malformed'; readonly detail: string };

export interface ReceiptsParts {
  readonly store: ReceiptStore;
  readonly types: MessageTypes;
  readonly journal: ReceiptsJournal;
  readonly doorbell: Doorbell;
}

/** Takes in what Dataverse's event framework tells, whichever way it came. */
export class ReceiptsService {
  private readonly turns = new ReadingTurns();
  private closed = false;

  constructor(private readonly parts: ReceiptsParts) {}

  /** Whether no more receipts are taken: the process stops. */
  get isClosed(): boolean {
    return this.closed;
  }

  /** For good; what is under way ends. */
  close(): void {
    this.closed = true;
  }

  /** Durable when it resolves; the same context again changes nothing. Rejects with `StorageError`. */
  async take({ body, channel, stripped }: Arrival): Promise<Taken> {
    const { types, journal, doorbell } = this.parts;
    const raised = await this.turns.run(() => this.read(body));
    if (raised instanceof MalformedContextError) return this.refuse(raised.message);
    const verdict = receiptOf(raised, types, { channel, stripped });
    if (verdict.kind === 'unusable') return this.refuse(verdict.detail);
    if (verdict.kind === 'foreign') {
      journal.foreign(verdict.message, channel);
      return { kind: 'taken', result: 'foreign' };
    }
    const { receipt } = verdict;
    // One that names no event: its content was removed, or somebody else than a gateway raised it.
    const result = receipt.eventIds.length === 0 ? UNKNOWN_RECEIPT : await this.confirm(receipt);
    // What waited behind it in its ordering key is due now.
    if (result.ended) doorbell.wake();
    journal.taken({ ...result, receipt });
    return { kind: 'taken', result: result.result };
  }

  /** Nothing is read only to be refused: a stop waits for all that wait to be read. */
  private read(body: string): ReturnType<typeof readRaisedEvent> {
    this.assertOpen();
    return readRaisedEvent(body);
  }

  private assertOpen(): void {
    if (!this.closed) return;
    this.parts.journal.refused('shutting-down');
    throw new StorageError('storage-closed', 'the gateway is stopping; the receipt was not stored');
  }

  private async confirm(receipt: NewReceipt): Promise<ConfirmResult> {
    const { store, journal } = this.parts;
    this.assertOpen();
    const [result] = await store.confirm([receipt]).catch((error: unknown) => {
      journal.refused('not-stored');
      throw error;
    });
    if (result === undefined) throw new Error('the store answered no result for a receipt');
    return result;
  }

  private refuse(detail: string): Taken {
    this.parts.journal.refused('malformed');
    return { kind: 'malformed', detail };
  }
}
