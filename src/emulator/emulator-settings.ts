/** What may change while the emulator runs. */
export interface EmulatorSettings {
  /** Artificial processing time of each call, in milliseconds. */
  serverTimeMs: number;
  /** How much each call counts at least against the limit of execution time, without taking that time. */
  executionMs: number;
  /** What `x-ms-dop-hint` says; null leaves it out. */
  dopHint: number | null;
  /** How long a system job waits before it is begun, in milliseconds. */
  asyncDelayMs: number;
  /** How many system jobs are under way at a time. */
  asyncConcurrency: number;
  /** How long a webhook may take to answer, in milliseconds. */
  webhookTimeoutMs: number;
  /** How long a job whose post was postponed waits for its second try, in milliseconds; each further one twice as long. */
  postponeMs: number;
  /** How many tries such a job has before it is aborted as Failed. */
  postponeTries: number;
}
