/** How long a request is repeated for until it is given up; nothing behind it tries again. */
export interface Patience {
  /** How often it is repeated at most; 0 for once and no more. Throttles do not count. */
  readonly repeats: number;
  /** How long its waits may be, taken together, in milliseconds. A wait that would end later is not begun. */
  readonly waitMs: number;
  /** The first wait where the answer asks for none, in milliseconds; each further one is twice as long. */
  readonly firstWaitMs: number;
  /** Told of each wait as it begins. */
  readonly onWait?: (wait: Wait) => void;
}

/** A pause before a request is repeated. */
export interface Wait {
  readonly ms: number;
  /** How long the try before it took, in milliseconds. */
  readonly tookMs: number;
  /** What stood in the way, in words. */
  readonly why: string;
  /** That `why` is about a token, and names who was to give it. */
  readonly isOfToken?: true;
}

/** For whoever comes again by itself: the running gateway. */
export const ONCE: Patience = { repeats: 0, waitMs: 0, firstWaitMs: 0 };

/** For a person or a pipeline that has nobody else: Dataverse may ask for a wait of an hour, outages pass in minutes. */
export const PATIENT: Patience = { repeats: 12, waitMs: 60 * 60 * 1000, firstWaitMs: 500 };
