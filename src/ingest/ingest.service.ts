import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.error.js';
import { problemFor } from '../http/problem-for.js';
import { newEventId } from '../kernel/ids.js';
import { Doorbell } from '../outbox/doorbell.js';
import type { AppendResult } from '../outbox/outbox.js';
import { AcceptanceGate, refusalFor } from './acceptance-gate.js';
import { fitsDataverse } from './event-size.js';
import { IngestJournal } from './ingest-journal.js';
import { Intake } from './intake.js';
import { type Submission, seal } from './seal.js';

/** What an accepted event is answered with: its first acceptance, and how it stands today. */
export type Receipt = Extract<AppendResult, { readonly kind: 'accepted' | 'repeated' }>;

/** Takes events in: reads the submission, seals the envelope, has it stored. */
@Injectable()
export class IngestService {
  constructor(
    private readonly intake: Intake,
    private readonly doorbell: Doorbell,
    private readonly gate: AcceptanceGate,
    private readonly journal: IngestJournal,
  ) {}

  /**
   * Durable when it resolves. Rejects with the problem that `read` throws, with a 413, 422 or 503 problem of its own, or
   * with the store's `StorageError`.
   */
  async accept(type: string, read: () => Submission): Promise<Receipt> {
    try {
      this.gate.requireOpen();
      const receipt = await this.store(read());
      this.journal.accepted(type, receipt.kind === 'repeated');
      return receipt;
    } catch (error) {
      this.journal.refused(type, problemFor(error)?.slug ?? 'internal-error');
      throw error;
    }
  }

  private async store(submission: Submission): Promise<Receipt> {
    const event = seal(submission, newEventId());
    if (!fitsDataverse(submission.definition, event.data)) {
      throw new ProblemError('payload-too-large', 'Encoded for Dataverse, twice its parameters exceed 180 KB.');
    }
    const [result] = await this.intake.take([event]);
    if (result === undefined) throw new Error('the outbox answered no result for an event');
    if (result.kind === 'refused') throw refusalFor(result.closing);
    if (result.kind === 'conflicting') {
      throw new ProblemError('idempotency-key-reused', 'The key was used before for an event with other content.');
    }
    if (result.kind === 'accepted') this.doorbell.wake();
    return result;
  }
}
