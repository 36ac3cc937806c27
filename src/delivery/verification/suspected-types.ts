import type { EpochMs } from '../../kernel/clock.js';

/** So long nothing more about the same type asks for a look: what is refused may be the events' own fault. */
const SUSPECTED_FOR_MS = 30_000;
/** However many types are suspected, looks at them are this far apart: bad events of many publishers are no reason to look all the time. */
const BETWEEN_LOOKS_MS = 10_000;

/** Types of which a call was refused as if what is deployed had changed, until somebody takes them to look at them. */
export class SuspectedTypes {
  private readonly waiting = new Set<string>();
  private readonly suspectedAt = new Map<string, EpochMs>();
  private takenAt: EpochMs = Number.NEGATIVE_INFINITY;

  suspect(type: string, now: EpochMs): void {
    if (now - (this.suspectedAt.get(type) ?? Number.NEGATIVE_INFINITY) < SUSPECTED_FOR_MS) return;
    this.suspectedAt.set(type, now);
    this.waiting.add(type);
  }

  /** What to look at now; the others that wait are dropped, for the next regular look is theirs. */
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
