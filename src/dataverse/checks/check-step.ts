/** A step on the way from here to an event in Dataverse, in the order in which steps are checked. */
export type CheckStepName =
  | 'address'
  | 'authority'
  | 'token'
  | 'who-am-i'
  | 'privileges'
  | 'custom-api'
  | 'receipts'
  | 'limits'
  | 'latency';

/** What was found at one step of the way. */
export interface CheckStep {
  readonly step: CheckStepName;
  /** The user it is about; null where that does not matter. */
  readonly applicationUser: string | null;
  /** Unique name of the custom API it is about, or null. */
  readonly customApi: string | null;
  /** `warning`: events are delivered all the same. `skipped`: not checked, for a step before it failed. */
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in words. */
  readonly detail: string;
  /** What an administrator has to do about it; null where nothing needs to be done. */
  readonly advice: string | null;
  /** What was measured or read, by name; units are part of the names. */
  readonly figures: Readonly<Record<string, number | string | null>>;
}

/** A judgement without its user, which the caller adds. */
export type Finding = Pick<CheckStep, 'result' | 'detail'> & Partial<Pick<CheckStep, 'advice' | 'figures'>>;
