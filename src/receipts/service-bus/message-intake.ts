import type { ServiceBusReceivedMessage, ServiceBusReceiver } from '@azure/service-bus';
import type { Arrival } from '../arrival.js';
import type { ReceiptsService, TakeResult } from '../receipts.service.js';
import type { DeadLetterReason, ListenerJournal, SettlementWord } from './listener-journal.js';
import { readMessage } from './read-message.js';
import { SettlementTurns } from './settlement-turns.js';

export interface IntakeParts {
  readonly receipts: Pick<ReceiptsService, 'take'>;
  readonly journal: ListenerJournal;
  /** The source of the messages, in words. */
  readonly source: string;
  /** Told of a receipt that was not stored; its message is given back. */
  readonly failed: (arrival: Arrival, error: unknown) => void;
}

type Settler = Pick<ServiceBusReceiver, 'completeMessage' | 'abandonMessage' | 'deadLetterMessage'>;

/** Processes messages one by one, as many at once as it is given: receipts that come together share one commit. */
export class MessageIntake {
  private readonly turns = new SettlementTurns();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly parts: IntakeParts) {}

  /** Never rejects. The message is completed after its receipt is durable, not before. */
  take(message: ServiceBusReceivedMessage, settler: Settler): Promise<void> {
    const taking = this.takeOne(message, settler).finally(() => this.underWay.delete(taking));
    this.underWay.add(taking);
    return taking;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async takeOne(message: ServiceBusReceivedMessage, settler: Settler): Promise<void> {
    const read = readMessage(message);
    if (read.kind === 'unusable') return this.setAside(message, settler, read);
    const { body, stripped } = read;
    const arrival: Arrival = { body, channel: 'service-bus', stripped };
    let result: TakeResult;
    try {
      result = await this.parts.receipts.take(arrival);
    } catch (error) {
      this.parts.failed(arrival, error);
      await this.settle('abandon', () => settler.abandonMessage(message));
      return;
    }
    if (result.kind === 'malformed') {
      return this.setAside(message, settler, { reason: 'malformed', detail: result.detail });
    }
    await this.settle('complete', () => settler.completeMessage(message));
  }

  private async setAside(
    message: ServiceBusReceivedMessage,
    settler: Settler,
    { reason, detail }: { readonly reason: DeadLetterReason; readonly detail: string },
  ): Promise<void> {
    const why = { deadLetterReason: reason, deadLetterErrorDescription: detail };
    const isSettled = await this.settle('dead-letter', () => settler.deadLetterMessage(message, why));
    if (isSettled) this.parts.journal.deadLettered(this.parts.source, reason, detail);
  }

  /**
   * A settlement that fails, because the lock or the connection is gone, costs a redelivery: that is a `repeated`
   * receipt.
   */
  private async settle(word: SettlementWord, act: () => Promise<void>): Promise<boolean> {
    try {
      await this.turns.run(word, act);
      return true;
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: string };
      this.parts.journal.unsettled(this.parts.source, word, String(code ?? message ?? 'no reason was given'));
      return false;
    }
  }
}
