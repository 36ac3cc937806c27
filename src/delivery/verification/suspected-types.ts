import type { EpochMs } from '../../kernel/clock.js';

/** After a look at a type, further refusals cause no look for this long: the events themselves may be at fault. */
const SUSPECTED_FOR_MS = 30_000;
/**
 * Looks at suspected types are at least this far apart: bad events of many publishers must not cause looks all the
 * time.
 */
const BETWEEN_LOOKS_MS = 10_000;

/** Types of which a call was refused as if the custom API had changed, until they are looked at. */
export class SuspectedTypes {
  private readonly waiting = new Set<string>();
  private readonly suspectedAt = new Map<string, EpochMs>();
  private takenAt: EpochMs = Number.NEGATIVE_INFINITY;

  suspect(type: string, now: EpochMs): void {
    if (now - (this.suspectedAt.get(type) ?? Number.NEGATIVE_INFINITY) < SUSPECTED_FOR_MS) return;
    this.suspectedAt.set(type, now);
    this.waiting.add(type);
  }

  /** The types to look at now; the others are dropped, for the next regular look includes them. */
  take(now: EpochMs, isWorthIt: (type: string) => boolean): readonly string[] {
    if (this.waiting.size === 0 || now - this.takenAt < BETWEEN_LOOKS_MS) return [];
    const types = [...this.waiting].filter(isWorthIt);
    this.waiting.clear();
    if (types.length > 0) this.takenAt = now;
    return types;
  }

  /** A look at all types begins. */
  clear(): void {
    this.waiting.clear();
  }
}
