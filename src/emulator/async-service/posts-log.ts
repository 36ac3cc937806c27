import { KeptList } from '../received/kept-list.js';
import type { PostRecord } from './post-record.js';

/** How many posts are remembered. */
const POSTS_CAP = 1000;
/** Longer contexts are not kept, in characters: a thousand of this length are 64 MiB. */
const KEPT_CONTEXT_LENGTH = 64 * 1024;

/** The newest posts to endpoints. */
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
    const isKept = (record.context?.length ?? 0) <= KEPT_CONTEXT_LENGTH;
    this.#kept.push({ sequence: this.#sequence, ...record, context: isKept ? record.context : null });
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
