import { Injectable } from '@nestjs/common';
import type { NewEvent } from '../outbox/event-record.js';
import { type AppendResult, Outbox } from '../outbox/outbox.js';
import { AcceptanceGate } from './acceptance-gate.js';
import type { Closing } from './pressure.js';

/** The result for one event: the store's answer, or why it was not let in. */
export type IntakeResult = AppendResult | { readonly kind: 'refused'; readonly closing: Closing };

/** The way into the outbox: stores events while they are let in, and answers only for known ones while they are not. */
@Injectable()
export class Intake {
  constructor(
    private readonly outbox: Outbox,
    private readonly gate: AcceptanceGate,
  ) {}

  /**
   * Results in the order of the events; either all new ones are let in or none. Rejects with the store's
   * `StorageError`.
   */
  take(events: readonly NewEvent[]): Promise<readonly IntakeResult[]> {
    const closing = this.gate.closedToNew(events.length);
    return this.gate.queue.pass(events, () => (closing === null ? this.append(events) : this.recall(events, closing)));
  }

  private async append(events: readonly NewEvent[]): Promise<readonly AppendResult[]> {
    const { backlog } = this.gate;
    let stored = 0;
    backlog.begin(events.length);
    try {
      const results = await this.outbox.append(events);
      for (const { kind } of results) if (kind === 'accepted') stored++;
      return results;
    } finally {
      backlog.end(events.length, stored);
    }
  }

  private async recall(events: readonly NewEvent[], closing: Closing): Promise<readonly IntakeResult[]> {
    const known = await this.outbox.recall(events);
    return known.map((result) => result ?? { kind: 'refused', closing });
  }
}
