/** Bounds on a stream of events; its length has no bound. */
export const NDJSON_LIMITS = {
  /** Lines of one commit, and so of one answer: with more of them, tiny lines would make huge answers. */
  groupLines: 250,
  /**
   * How long a line may take, from when the gateway begins to wait for it: a stream may be long, but not slow. A blank
   * line counts, as a sign of life.
   */
  lineTimeoutMs: 30_000,
  /**
   * Open streams of one process; each holds at most a line and a group. A client may have as many as it leaves free.
   */
  maxStreams: 256,
  /** A client beyond its rate is read more slowly: a group waits up to this long. A longer wait ends the stream. */
  maxPauseMs: 30_000,
  /** How often a stream checks again whether the gateway has room. */
  overloadPauseMs: 250,
};
