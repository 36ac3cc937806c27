import type { EventPage, EventPageRequest } from '../event-query.js';
import type { EventRecord, NewEvent } from '../event-record.js';
import type { SummaryStep, SummaryStepResult } from '../event-summary.js';
import {
  type AppendResult,
  type ClaimedEvent,
  type ClaimRequest,
  Outbox,
  type OutboxGauges,
  type SettleRequest,
  type SettleResult,
} from '../outbox.js';
import type { AttemptRecord } from '../settlement.js';
import type { Writer } from './writer.js';

/** The outbox on SQLite. Every method is one operation of the writer thread; what it does stands in `operations/`. */
export class SqliteOutbox extends Outbox {
  constructor(private readonly writer: Writer) {
    super();
  }

  override append(events: readonly NewEvent[]): Promise<readonly AppendResult[]> {
    return this.writer.call('append', events);
  }

  override recall(events: readonly NewEvent[]): Promise<readonly (AppendResult | null)[]> {
    return this.writer.call('recall', events);
  }

  override find(id: string): Promise<EventRecord | null> {
    return this.writer.call('find', id);
  }

  override whichEnded(ids: readonly string[]): Promise<readonly string[]> {
    return this.writer.call('whichEnded', ids);
  }

  override list(request: EventPageRequest): Promise<EventPage> {
    return this.writer.call('list', request);
  }

  override summarize(step: SummaryStep): Promise<SummaryStepResult> {
    return this.writer.call('summarize', step);
  }

  override listAttempts(id: string): Promise<readonly AttemptRecord[]> {
    return this.writer.call('listAttempts', id);
  }

  override claim(request: ClaimRequest): Promise<readonly ClaimedEvent[]> {
    return this.writer.call('claim', request);
  }

  override renewLeases(owner: string, leaseMs: number): Promise<readonly string[]> {
    return this.writer.call('renewLeases', { owner, leaseMs });
  }

  override findLostLeases(besides: string, limit: number): Promise<readonly ClaimedEvent[]> {
    return this.writer.call('findLostLeases', { besides, limit });
  }

  override settle(requests: readonly SettleRequest[]): Promise<readonly SettleResult[]> {
    return this.writer.call('settle', requests);
  }

  override measure(): Promise<OutboxGauges> {
    return this.writer.call('measure', undefined);
  }
}
