/** How long a request is repeated until it is given up; no other layer repeats it. */
export interface Patience {
  /** How often it is repeated at most; 0 for once and no more. Throttles do not count. */
  readonly repeats: number;
  /** How long all of its waits may be together, in milliseconds. A wait that would end later is not begun. */
  readonly waitMs: number;
  /** The first wait where the answer asks for none, in milliseconds; each further wait is twice as long. */
  readonly firstWaitMs: number;
  /** Told of each wait as it begins. */
  readonly onWait?: (wait: Wait) => void;
}

/** A pause before a request is repeated. */
export interface Wait {
  readonly ms: number;
  /** How long the try before it took, in milliseconds. */
  readonly tookMs: number;
  /** The cause of the wait, in words. */
  readonly why: string;
  /** Whether `why` is about a token, and names its issuer. */
  readonly isOfToken?: true;
}

/** For callers that come again by themselves: the running gateway. */
export const ONCE: Patience = { repeats: 0, waitMs: 0, firstWaitMs: 0 };

/**
 * For a person or a pipeline, where nothing else tries again: Dataverse may ask for a wait of an hour, and outages end
 * within minutes.
 */
export const PATIENT: Patience = { repeats: 12, waitMs: 60 * 60 * 1000, firstWaitMs: 500 };
