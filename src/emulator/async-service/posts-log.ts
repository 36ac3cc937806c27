import { KeptList } from '../received/kept-list.js';
import type { PostRecord } from './post-record.js';

/** How many posts are remembered: their contexts are kept with them. */
const POSTS_CAP = 1000;

/** What was posted to endpoints, the newest of it. */
export class PostsLog {
  readonly #kept = new KeptList<PostRecord>(POSTS_CAP);
  #sequence = 0;
  #cleared = 0;

  /** How many attempts to post there were since the log was cleared; not bounded by memory. */
  get total(): number {
    return this.#sequence - this.#cleared;
  }

  add(record: Omit<PostRecord, 'sequence'>): void {
    this.#sequence += 1;
    this.#kept.push({ sequence: this.#sequence, ...record });
  }

  /** Oldest first. */
  all(): readonly PostRecord[] {
    return this.#kept.all();
  }

  after(sequence: number, limit: number): readonly PostRecord[] {
    return this.#kept.after(sequence, limit);
  }

  clear(): void {
    this.#kept.clear();
    this.#cleared = this.#sequence;
  }
}
