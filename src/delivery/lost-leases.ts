import type { Outbox } from '../outbox/outbox.js';
import type { Delivery } from './delivery.js';

/** How many are recovered in one transaction. */
const BATCH = 500;

/** Takes over events whose owner died. Idempotent: if two processes try, the lease lets one win. */
export class LostLeases {
  constructor(
    private readonly outbox: Outbox,
    private readonly delivery: Delivery,
    private readonly owner: string,
  ) {}

  async recover(): Promise<void> {
    let found: number;
    do {
      const lost = await this.outbox.findLostLeases(this.owner, BATCH);
      await Promise.all(lost.map((event) => this.delivery.recover(event)));
      found = lost.length;
    } while (found === BATCH);
  }
}
