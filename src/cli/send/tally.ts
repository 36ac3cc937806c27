import type { Publication, Refusal } from './publish-event.js';

/** Refusals of one kind, with the first of them in full. */
export interface RefusalGroup extends Refusal {
  readonly count: number;
}

/** What became of everything that was sent. */
export interface Summary {
  readonly sent: number;
  readonly accepted: number;
  readonly repeated: number;
  readonly refused: number;
  /** No answer, or only 5xx, in every try: nobody knows whether they were stored. */
  readonly unanswered: number;
  readonly durationMs: number;
  /** How long answers took, repeats of the request included; null without any. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly refusals: readonly RefusalGroup[];
  /** Why the last one without an answer got none. */
  readonly lastFailure: string | null;
}

/** Counts publications as they come in. */
export class Tally {
  private readonly counts = { accepted: 0, repeated: 0, refused: 0, unanswered: 0 };
  private readonly answerTimes: number[] = [];
  private readonly refusals = new Map<string, RefusalGroup>();
  private lastFailure: string | null = null;

  add(publication: Publication): void {
    this.counts[publication.kind] += 1;
    if (publication.kind === 'unanswered') this.lastFailure = publication.detail;
    else this.answerTimes.push(publication.durationMs);
    if (publication.kind === 'refused') this.addRefusal(publication.refusal);
  }

  summary(durationMs: number): Summary {
    const { accepted, repeated, refused, unanswered } = this.counts;
    const sorted = this.answerTimes.toSorted((a, b) => a - b);
    return {
      sent: accepted + repeated + refused + unanswered,
      ...this.counts,
      durationMs: Math.round(durationMs),
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      refusals: [...this.refusals.values()],
      lastFailure: this.lastFailure,
    };
  }

  private addRefusal(refusal: Refusal): void {
    const kind = JSON.stringify([refusal.status, refusal.title, refusal.errors]);
    const known = this.refusals.get(kind);
    this.refusals.set(kind, known === undefined ? { ...refusal, count: 1 } : { ...known, count: known.count + 1 });
  }
}

/** Nearest rank, to a tenth of a millisecond. */
function percentile(sorted: readonly number[], share: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return value === undefined ? null : Math.round(value * 10) / 10;
}
