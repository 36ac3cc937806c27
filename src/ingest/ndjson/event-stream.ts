import { ProblemError } from '../../http/problem.error.js';
import { problemFor } from '../../http/problem-for.js';
import { assertNever } from '../../kernel/assert-never.js';
import { refusalFor } from '../acceptance-gate.js';
import { renderItemMembers } from '../bulk/render-item-members.js';
import type { IngestService } from '../ingest.service.js';
import { type ItemOutcome, retryAfterOf } from '../item-outcome.js';
import type { ItemReader } from '../item-reader.js';
import type { ReadItem } from '../prepare-item.js';
import type { BodySource } from './body-source.js';
import { inGroups } from './in-groups.js';
import { readLine } from './line-reader.js';
import { type Line, LineSplitter } from './line-splitter.js';
import { NDJSON_LIMITS } from './ndjson-limits.js';
import type { StreamPermit } from './stream-permit.js';

export interface EventStreamParts {
  readonly source: BodySource;
  readonly permit: StreamPermit;
  readonly ingest: IngestService;
  readonly reader: ItemReader;
  readonly traceparent: string;
  /** The path of the request. */
  readonly instance: string;
  /** Bytes of a line, without its end. */
  readonly maxLineBytes: number;
}

/**
 * Events that come one per line: stored group by group, each in a commit, and answered line by line once they are
 * durable. It reads no faster than its answers are read.
 */
export class EventStream {
  private readonly lines: LineSplitter;
  private hasAnswered = false;
  private isCutShort = false;

  constructor(private readonly parts: EventStreamParts) {
    this.lines = new LineSplitter(parts.maxLineBytes);
  }

  /** Whether the answer ended although the client may still be sending. */
  get endedEarly(): boolean {
    return this.isCutShort;
  }

  /**
   * Yields result lines, several at a time. If the gateway must end the stream, the last line says why: it is the
   * result of the first line that was not taken. If nothing was answered yet, it throws the problem instead. Otherwise
   * it throws only unforeseen errors.
   */
  async *answers(): AsyncGenerator<string> {
    while (!this.isCutShort) {
      const arrival = await this.parts.source.next();
      switch (arrival.kind) {
        case 'chunk':
          yield* this.answerChunk(arrival.bytes);
          break;
        case 'end':
          return yield* this.answer(this.lines.end());
        case 'late':
          yield this.lastLine(LATE);
          break;
        case 'stopped':
          yield this.lastLine(refusalFor('shutting-down'));
          break;
        case 'broken':
          // Nobody reads the answers any more; the client repeats what was stored without an answer.
          return;
        default:
          assertNever(arrival);
      }
    }
  }

  private async *answerChunk(chunk: Buffer): AsyncGenerator<string> {
    // Blank lines keep a stream open, so they, too, must come from a client that may still send.
    const reason = await this.parts.permit.reasonToEnd();
    if (reason !== null) return yield this.lastLine(reason);
    // At the end of a line, even a blank one: the patience is for the next line.
    if (chunk.includes(NEWLINE)) this.parts.source.relax();
    yield* this.answer(this.lines.push(chunk));
  }

  private async *answer(lines: Iterable<Line>): AsyncGenerator<string> {
    for (const group of inGroups(lines, () => this.parts.permit.groupLines)) {
      const outcomes = await this.take(group);
      if (outcomes.length > 0) yield this.render(group, outcomes);
      if (this.isCutShort) return;
    }
  }

  /**
   * The results of lines. The stream ends where a line was refused for a temporary reason: the lines behind it must not
   * overtake it. It also ends where nobody knows what was stored: then no line has an outcome.
   */
  private async take(group: readonly Line[]): Promise<readonly ItemOutcome[]> {
    const { ingest, permit, reader } = this.parts;
    const refusal = await this.waitForLeave(group.length);
    const reason = await permit.reasonToEnd();
    if (reason !== null) return this.end(reason);
    const items = refusal === null ? this.eventsOf(group) : [{ type: reader.type, problem: refusal }];
    try {
      return this.upToRefusal(await ingest.acceptAll(items, reader.type));
    } catch (error) {
      const problem = problemFor(error);
      if (problem === null) throw error;
      const outcomes = this.end(problem);
      return problem.slug === 'storage-unknown' ? [] : outcomes;
    }
  }

  private upToRefusal(outcomes: readonly ItemOutcome[]): readonly ItemOutcome[] {
    const place = outcomes.findIndex((outcome) => retryAfterOf(outcome) !== null);
    const outcome = outcomes[place];
    return outcome?.kind === 'refused' ? this.end(outcome.problem, outcomes.slice(0, place)) : outcomes;
  }

  /** Resolves with null as soon as this many lines may be taken, or with the reason why they are refused. */
  private async waitForLeave(lines: number): Promise<ProblemError | null> {
    const { permit, source } = this.parts;
    let left = NDJSON_LIMITS.maxPauseMs;
    for (let leave = permit.leaveFor(lines); leave.kind === 'later'; leave = permit.leaveFor(lines)) {
      left -= leave.ms;
      if (left < 0) return leave.problem;
      if (await source.rest(leave.ms)) return refusalFor('shutting-down');
    }
    return null;
  }

  private *eventsOf(group: readonly Line[]): Generator<ReadItem> {
    const { permit, reader, traceparent } = this.parts;
    const sender = { client: permit.client, traceparent };
    for (const line of group) yield readLine(line, reader, sender);
  }

  /** The result of the current line, which is not taken. */
  private lastLine(problem: ProblemError): string {
    return this.render([{ number: this.lines.current }], this.end(problem));
  }

  /** The last outcomes of the stream: those before the problem, and the problem. */
  private end(problem: ProblemError, before: readonly ItemOutcome[] = []): readonly ItemOutcome[] {
    this.isCutShort = true;
    if (!this.hasAnswered && before.length === 0) throw problem;
    return [...before, { kind: 'refused', problem }];
  }

  private render(lines: readonly Pick<Line, 'number'>[], outcomes: readonly ItemOutcome[]): string {
    this.hasAnswered = true;
    const { instance } = this.parts;
    return outcomes
      .map((outcome, index) => `{"line":${lines[index]?.number},${renderItemMembers(outcome, instance)}}\n`)
      .join('');
  }
}

const NEWLINE = 0x0a;

const LATE = new ProblemError('request-timeout', 'No complete line came in time.');
