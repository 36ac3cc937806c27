import { ProblemError } from '../../http/problem.error.js';
import { assertNever } from '../../kernel/assert-never.js';
import { refusalFor } from '../acceptance-gate.js';
import { renderItemMembers } from '../bulk/render-item-members.js';
import type { IngestService } from '../ingest.service.js';
import type { ItemOutcome } from '../item-outcome.js';
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
 * Events that come one per line: stored group after group, each a commit, and answered line by line once they are durable.
 * It reads no further than its answers are read.
 */
export class EventStream {
  private readonly lines: LineSplitter;
  private isCutShort = false;

  constructor(private readonly parts: EventStreamParts) {
    this.lines = new LineSplitter(parts.maxLineBytes);
  }

  /** Whether the answer ended though the client may still be sending. */
  get endedEarly(): boolean {
    return this.isCutShort;
  }

  /** Result lines, some at a time. Throws only what nobody foresaw. */
  async *answers(): AsyncGenerator<string> {
    while (!this.isCutShort) {
      const arrival = await this.parts.source.next();
      switch (arrival.kind) {
        case 'chunk':
          yield* this.answer(this.linesIn(arrival.bytes));
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
          // Nobody reads on; what was stored without an answer comes again.
          return;
        default:
          assertNever(arrival);
      }
    }
  }

  private linesIn(chunk: Buffer): Iterable<Line> {
    // At the end of a line, be it a blank one: patience is for the next.
    if (chunk.includes(NEWLINE)) this.parts.source.relax();
    return this.lines.push(chunk);
  }

  private async *answer(lines: Iterable<Line>): AsyncGenerator<string> {
    for (const group of inGroups(lines, () => this.parts.permit.groupLines)) {
      const reason = await this.parts.permit.reasonToEnd();
      if (reason !== null) return yield this.lastLine(reason, group[0]);
      const outcomes = await this.take(group);
      yield group.map(({ number }, index) => this.resultLine(number, outcomes[index])).join('');
    }
  }

  private async take(group: readonly Line[]): Promise<readonly ItemOutcome[]> {
    const { ingest, reader } = this.parts;
    const refusal = await this.waitForLeave(group.length);
    if (refusal === null) return ingest.acceptEach(this.eventsOf(group));
    return ingest.acceptEach(group.map(() => ({ type: reader.type, problem: refusal })));
  }

  /** Resolves with null as soon as so many lines may be taken, or with the reason why they are refused. */
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

  /** Says why the gateway ends the stream, as the result of the first line that it did not take. */
  private lastLine(problem: ProblemError, line?: Line): string {
    this.isCutShort = true;
    return this.resultLine(line?.number ?? this.lines.current, { kind: 'refused', problem });
  }

  private resultLine(number: number, outcome: ItemOutcome | undefined): string {
    if (outcome === undefined) throw new Error('a line was answered with no outcome');
    return `{"line":${number},${renderItemMembers(outcome, this.parts.instance)}}\n`;
  }
}

const NEWLINE = 0x0a;

const LATE = new ProblemError('request-timeout', 'No complete line came in time.');
