import { KeptList } from './kept-list.js';

/** One request and its answer, whether it was accepted or not. */
export interface RequestRecord {
  readonly sequence: number;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** The status that was sent; null when there was none: a reset, a client that left. */
  readonly status: number | null;
  /** `error.code` of Dataverse, or the AADSTS number of Entra. */
  readonly errorCode: string | null;
  readonly applicationUser: string | null;
  readonly customApi: string | null;
  /** Set name of the requested table, or the name of a function or action of the platform. */
  readonly table: string | null;
  /** The `$batch` it was, or was an operation of. */
  readonly batchId: string | null;
  readonly webServer: number | null;
  /** The fault that struck it. */
  readonly fault: string | null;
  /** How many calls it committed. */
  readonly committed: number;
  /** Whether it came although its user had been told to wait. */
  readonly duringRetryAfter: boolean;
}

/** Every request to Entra and the Web API; those of the control endpoint are left out. */
export class RequestLog {
  readonly #kept: KeptList<RequestRecord>;
  #sequence = 0;
  #total = 0;
  #throttled = 0;

  constructor(cap: number) {
    this.#kept = new KeptList(cap);
  }

  /** How many there were since the start, or since it was cleared. */
  get total(): number {
    return this.#total;
  }

  /** How many of those were answered by 429. */
  get throttled(): number {
    return this.#throttled;
  }

  add(record: Omit<RequestRecord, 'sequence'>): void {
    if (record.status === 429) this.#throttled += 1;
    this.#sequence += 1;
    this.#total += 1;
    this.#kept.push({ sequence: this.#sequence, ...record });
  }

  all(): readonly RequestRecord[] {
    return this.#kept.all();
  }

  after(sequence: number, limit: number): readonly RequestRecord[] {
    return this.#kept.after(sequence, limit);
  }

  clear(): void {
    this.#kept.clear();
    this.#total = 0;
    this.#throttled = 0;
  }
}
