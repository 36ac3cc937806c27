import { setTimeout as wait } from 'node:timers/promises';

/** What a till keeps of one purchase: its key, and the id it was answered with. */
export interface AcceptedPurchase {
  readonly purchaseId: string;
  readonly id: string;
}

interface LoadOptions {
  readonly apiKey: string;
  /** Where the gateway listens at the moment, or null while it does not. */
  readonly url: () => string | null;
  readonly workers: number;
  /** Begins every key, so that loads do not meet. */
  readonly name: string;
}

/** Tills that send without pause, and send again with the same key until they are answered. */
export class PurchaseLoad {
  readonly accepted: AcceptedPurchase[] = [];
  /** Answers that no till should ever get for a valid purchase. */
  readonly unexpected: string[] = [];
  private running = true;
  private abandoned = false;
  private readonly tills: readonly Promise<void>[];

  constructor(private readonly options: LoadOptions) {
    this.tills = Array.from({ length: options.workers }, (_, till) => this.send(till));
  }

  /** Lets every till finish the purchase it has in hand. */
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.tills);
  }

  /** Has every till go home at once, with or without an answer. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.stop();
  }

  private async send(till: number): Promise<void> {
    for (let n = 1; this.running; n++) {
      const purchaseId = `${this.options.name}-${till}-${n}`;
      const id = await this.sendUntilAnswered(purchaseId);
      if (id === null) return;
      this.accepted.push({ purchaseId, id });
    }
  }

  private async sendUntilAnswered(purchaseId: string): Promise<string | null> {
    while (!this.abandoned) {
      const answer = await this.post(purchaseId);
      if (answer?.status === 202) return ((await answer.json()) as { id: string }).id;
      if (answer !== null && answer.status < 500) {
        this.unexpected.push(`${answer.status}: ${await answer.text()}`);
        throw new Error(`a valid purchase was answered with ${answer.status}`);
      }
      // The gateway is away or starting: a till waits a moment, too.
      await wait(20);
    }
    return null;
  }

  /** Null where there was no answer: then nobody knows whether it was stored. */
  private async post(purchaseId: string): Promise<Response | null> {
    const url = this.options.url();
    if (url === null) return null;
    try {
      return await fetch(`${url}/v1/events/customer-purchase`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.options.apiKey}` },
        body: JSON.stringify(purchaseOf(purchaseId)),
        signal: AbortSignal.timeout(10_000),
      });
    } catch {
      return null;
    }
  }
}

/** The same key always brings the same content. */
export function purchaseOf(purchaseId: string): object {
  return {
    purchaseId,
    occurredAt: '2026-11-22T10:00:00Z',
    storeId: 'store-017',
    totalAmount: '24.85',
    currencyCode: 'EUR',
  };
}
