/** One attempt of a system job, as the log of posts keeps it. */
export interface PostRecord {
  /** Counts up. */
  readonly sequence: number;
  /** RFC 3339, UTC: when it began. */
  readonly at: string;
  readonly durationMs: number;
  readonly jobId: string;
  readonly stepId: string;
  readonly customApi: string;
  /** Name of the endpoint. */
  readonly endpoint: string;
  readonly outcome: 'done' | 'failed' | 'later';
  /** The HTTP status that the receiver answered last; null where it did not, or is no webhook. */
  readonly status: number | null;
  /** How often it was sent. */
  readonly tries: number;
  /** Whether InputParameters, ParentContext and images were left out for their size. */
  readonly stripped: boolean;
  /** Such as `0x80050201`; null where it went well. */
  readonly errorCode: string | null;
  /** The RemoteExecutionContext before anything was left out; null where it is long, see `KEPT_CONTEXT_LENGTH`. */
  readonly context: string | null;
}
