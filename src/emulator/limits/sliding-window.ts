import type { EpochMs } from '../../kernel/clock.js';

interface Entry {
  readonly at: EpochMs;
  amount: number;
}

/**
 * A sum over the last milliseconds of a window, exact to the millisecond; it holds at most one entry for each of them.
 */
export class SlidingWindow {
  #entries: Entry[] = [];
  #first = 0;
  #total = 0;

  add(at: EpochMs, amount: number): void {
    const last = this.#entries.at(-1);
    if (last?.at === at) last.amount += amount;
    else this.#entries.push({ at, amount });
    this.#total += amount;
  }

  /** What was added within the window that ends now. */
  total(now: EpochMs, windowMs: number): number {
    for (let entry = this.#entries[this.#first]; entry !== undefined; entry = this.#entries[this.#first]) {
      if (entry.at > now - windowMs) break;
      this.#total -= entry.amount;
      this.#first += 1;
    }
    this.#dropPassed();
    return this.#total;
  }

  /** How long until the total, if nothing is added, has fallen below a limit. */
  msUntilBelow(limit: number, now: EpochMs, windowMs: number): number {
    let total = this.total(now, windowMs);
    for (let index = this.#first; total >= limit; index += 1) {
      const entry = this.#entries[index];
      if (entry === undefined) return windowMs;
      total -= entry.amount;
      if (total < limit) return entry.at + windowMs - now;
    }
    return 0;
  }

  /** In large steps, so that each entry costs the same. */
  #dropPassed(): void {
    if (this.#first < 1024 || this.#first * 2 < this.#entries.length) return;
    this.#entries = this.#entries.slice(this.#first);
    this.#first = 0;
  }
}
