import type { EpochMs } from '../../kernel/clock.js';

/** A call that came although its user had been told to wait. */
export interface EarlyCall {
  readonly at: EpochMs;
  readonly clientId: string;
  /** Time since the first answer that announced the wait. Calls within a second may have been under way. */
  readonly msAfterClosing: number;
}

/** Calls that came too early: the newest of them, and the number of all. */
export interface EarlyCalls {
  readonly count: number;
  /** How many of them came more than a second after the limit struck, so that they cannot have been under way. */
  readonly late: number;
  readonly newest: readonly EarlyCall[];
}

const KEPT = 1000;
const UNDER_WAY_MS = 1000;

/**
 * Remembers the Retry-After that users were told, by any answer, and which calls came before that time: a client that
 * obeys has none.
 */
export class RetryAfterWatch {
  readonly #told = new Map<string, { readonly since: EpochMs; readonly until: EpochMs }>();
  #newest: EarlyCall[] = [];
  #count = 0;
  #late = 0;

  /** An answer told a user to wait. */
  told(clientId: string, seconds: number, now: EpochMs): void {
    const before = this.#told.get(clientId);
    const standing = before !== undefined && now < before.until ? before : { since: now, until: now };
    this.#told.set(clientId, { since: standing.since, until: Math.max(standing.until, now + seconds * 1000) });
  }

  /** A call arrived; true when it should not have. */
  arrived(clientId: string, now: EpochMs): boolean {
    const told = this.#told.get(clientId);
    if (told === undefined || now >= told.until) return false;
    const msAfterClosing = now - told.since;
    this.#count += 1;
    if (msAfterClosing > UNDER_WAY_MS) this.#late += 1;
    this.#newest.push({ at: now, clientId, msAfterClosing });
    if (this.#newest.length > 2 * KEPT) this.#newest = this.#newest.slice(-KEPT);
    return true;
  }

  early(): EarlyCalls {
    return { count: this.#count, late: this.#late, newest: this.#newest.slice(-KEPT) };
  }

  /** Forgets the calls, and what users were told. */
  clear(): void {
    this.#told.clear();
    this.#newest = [];
    this.#count = 0;
    this.#late = 0;
  }
}
