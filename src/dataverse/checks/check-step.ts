/** A step of the way from here to an event in Dataverse, in the order in which it is walked. */
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
  /** Whom it is about; null where that does not matter. */
  readonly applicationUser: string | null;
  /** Unique name of the custom API it is about, or null. */
  readonly customApi: string | null;
  /** `warning`: events are delivered all the same. `skipped`: not looked at, for something before it failed. */
  readonly result: 'ok' | 'warning' | 'failed' | 'skipped';
  /** What was found, in words. */
  readonly detail: string;
  /** What an administrator does about it; null where nothing is to be done. */
  readonly advice: string | null;
  /** What was measured or read, by name; units are part of the names. */
  readonly figures: Readonly<Record<string, number | string | null>>;
}

/** What a judgement says; whose it is, is added by whoever asked. */
export type Finding = Pick<CheckStep, 'result' | 'detail'> & Partial<Pick<CheckStep, 'advice' | 'figures'>>;
