/** Bounds on a stream of events, which may itself be as long as it likes. */
export const NDJSON_LIMITS = {
  /** Lines of one commit, and so of one answer: more of them would let tiny lines make huge ones. */
  groupLines: 250,
  /**
   * How long a line may take from when the gateway begins to wait for it: the pace of a stream is bounded by its lines,
   * not by its length. A blank line counts, as a sign of life.
   */
  lineTimeoutMs: 30_000,
  /** Open streams of one process; each holds a line and a group at most. A client may have as many as it leaves free. */
  maxStreams: 256,
  /** A client beyond its rate is read more slowly, up to this for a group; what must wait longer ends the stream. */
  maxPauseMs: 30_000,
  /** How soon a stream looks again whether the gateway has room. */
  overloadPauseMs: 250,
};
