import { Injectable } from '@nestjs/common';
import type { ProblemError } from '../http/problem.error.js';
import { problemFor } from '../http/problem-for.js';
import type { ProblemSlug } from '../http/problem-types.js';
import { Doorbell } from '../outbox/doorbell.js';
import { AcceptanceGate, refusalFor } from './acceptance-gate.js';
import { IngestJournal } from './ingest-journal.js';
import { Intake, type IntakeResult } from './intake.js';
import { type ItemOutcome, isReceipt, type Receipt, refusalOf } from './item-outcome.js';
import { isEvent, type PreparedItem, prepareEvent, prepareItem, type ReadItem } from './prepare-item.js';
import type { Submission } from './seal.js';
import { Turns } from './turns.js';

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
      const [result] = await this.intake.take([prepareEvent(read())]);
      const receipt = receiptOf(result);
      this.journal.accepted(type, receipt.kind === 'repeated');
      if (receipt.kind === 'accepted') this.doorbell.wake();
      return receipt;
    } catch (error) {
      this.journal.refused(type, slugOf(error));
      throw error;
    }
  }

  /**
   * Takes in several events in one commit; durable when it resolves. Outcomes stand in the order of the items, which
   * are read on the way, for a few milliseconds at a time. Rejects, with nothing stored, with the error of reading
   * them; with the 503 problem where no new event is let in and none was known; or with the store's `StorageError`. A
   * request none of whose items was read is counted under `type`.
   */
  async acceptAll(items: Iterable<ReadItem>, type = 'unknown'): Promise<readonly ItemOutcome[]> {
    const prepared: PreparedItem[] = [];
    try {
      this.gate.requireOpen();
      await prepareInTurns(items, prepared);
      const results = await this.store(prepared);
      requireAnyLetIn(results);
      return this.tell(prepared, results);
    } catch (error) {
      for (const item of prepared.length === 0 ? [{ type }] : prepared) this.journal.refused(item.type, slugOf(error));
      throw error;
    }
  }

  private async store(prepared: readonly PreparedItem[]): Promise<readonly IntakeResult[]> {
    const events = prepared.filter(isEvent);
    return events.length === 0 ? [] : this.intake.take(events);
  }

  private tell(prepared: readonly PreparedItem[], results: readonly IntakeResult[]): readonly ItemOutcome[] {
    let next = 0;
    const outcomes = prepared.map((item) => {
      const outcome = isEvent(item) ? outcomeOf(item.type, results[next++]) : refusedBy(item.problem);
      if (outcome.kind === 'refused') this.journal.refused(item.type, outcome.problem.slug);
      else this.journal.accepted(item.type, outcome.kind === 'repeated');
      return outcome;
    });
    if (results.some(({ kind }) => kind === 'accepted')) this.doorbell.wake();
    return outcomes;
  }
}

async function prepareInTurns(items: Iterable<ReadItem>, prepared: PreparedItem[]): Promise<void> {
  const turns = new Turns();
  for (const item of items) {
    prepared.push(prepareItem(item));
    if (turns.isOver) await turns.next();
  }
}

/** While nothing new is let in, a request gets results only if some of its events were known. */
function requireAnyLetIn(results: readonly IntakeResult[]): void {
  const kept = results.find((result) => result.kind === 'refused');
  if (kept !== undefined && !results.some(isReceipt)) throw refusalFor(kept.closing);
}

function receiptOf(result: IntakeResult | undefined): Receipt {
  if (result === undefined) throw new Error('the outbox answered no result for an event');
  if (isReceipt(result)) return result;
  throw refusalOf(result);
}

function outcomeOf(type: string, result: IntakeResult | undefined): ItemOutcome {
  if (result === undefined) throw new Error('the outbox answered no result for an event');
  if (isReceipt(result)) return { kind: result.kind, type, receipt: result };
  return refusedBy(refusalOf(result));
}

function refusedBy(problem: ProblemError): ItemOutcome {
  return { kind: 'refused', problem };
}

function slugOf(error: unknown): ProblemSlug {
  return problemFor(error)?.slug ?? 'internal-error';
}
