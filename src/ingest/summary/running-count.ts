import { ProblemError } from '../../http/problem.error.js';
import type { EventCounts, SourceCounts, SummaryStepResult } from '../../outbox/event-summary.js';
import { SUMMARY_STEP_EVENTS } from '../../outbox/event-summary.js';

/** The events of one day, client, source and type. */
export interface SummaryRow extends SourceCounts {
  /** The day of acceptance in the requested time zone, `YYYY-MM-DD`. */
  readonly day: string;
}

export interface SummaryLimits {
  /** How many events may be looked at: those that fit, and those passed over. */
  readonly events: number;
  readonly rows: number;
}

/** The counts so far. */
export class RunningCount {
  private readonly counted = new Map<string, SummaryRow>();
  private lookedAt = 0;

  constructor(private readonly limits: SummaryLimits) {}

  /** Throws a 400 problem where the counts exceed the limits. */
  add(day: string, { counts, next }: SummaryStepResult): void {
    for (const count of counts) this.addRow({ day, ...count });
    if (next !== null) this.lookedAt += SUMMARY_STEP_EVENTS;
    const { events, rows } = this.limits;
    if (this.lookedAt > events) throw tooLarge(`a summary looks at ${events} events at most`);
    if (this.counted.size > rows) throw tooLarge(`a summary has ${rows} rows at most`);
  }

  /** Sorted by day, client, source and type. */
  rows(): readonly SummaryRow[] {
    return [...this.counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  private addRow(row: SummaryRow): void {
    // No text that was ever accepted contains U+0000.
    const name = [row.day, row.client, row.source, row.type].join('\0');
    const known = this.counted.get(name);
    this.counted.set(name, known === undefined ? row : { ...row, ...sumOf([known, row]) });
  }
}

/** All rows together. */
export function sumOf(rows: readonly EventCounts[]): EventCounts {
  const sum = (member: keyof EventCounts) => rows.reduce((total, row) => total + row[member], 0);
  return {
    accepted: sum('accepted'),
    pending: sum('pending'),
    delivered: sum('delivered'),
    confirmed: sum('confirmed'),
    dead: sum('dead'),
    cancelled: sum('cancelled'),
  };
}

function tooLarge(limit: string): ProblemError {
  return new ProblemError('range-too-large', `That is too much for one answer: ${limit}.`);
}
