/**
 * What Microsoft's documentation leaves open and no capture settles. The defaults are the likeliest, or the strictest
 * where a client loses nothing by obeying. A client worth its name passes its tests under every setting.
 */
export interface UnconfirmedPoints {
  /** `error.code` for a parameter the custom API does not have. */
  readonly unknownParameterCode: string;
  /** `error.code` for a required parameter that is missing. */
  readonly missingParameterCode: string;
  /** `error.code` for a `$batch` of more than 1000 operations. */
  readonly batchTooLargeCode: string;
  /** The body of a 401; the challenge in its header is documented. */
  readonly unauthorizedBody: string;
  /** Whether `"12.5"` passes for a number outside `IEEE754Compatible=true`. */
  readonly numbersAsStrings: boolean;
  /** Whether an Entity or EntityReference parameter without a table needs `@odata.type` in its value. */
  readonly untypedEntityNeedsType: boolean;
  /** Whether an optional parameter sent as null arrives as null, or does not arrive. */
  readonly keepsNullParameters: boolean;
  /** Retry-After of a concurrency throttle, in seconds. */
  readonly concurrencyRetryAfterSeconds: number;
  /** Whether a concurrency throttle refuses all of the user's calls until its Retry-After has passed. */
  readonly concurrencyClosesGate: boolean;
  /** A call during Retry-After multiplies the time announced by this; documented is only that it grows. */
  readonly retryAfterGrowth: number;
  /** Calls this soon after the first 429 were under way already and lengthen nothing, in milliseconds. */
  readonly retryAfterGraceMs: number;
  /** Retry-After never exceeds this many seconds. */
  readonly maxRetryAfterSeconds: number;
  /** A throttled `$batch`: one plain 429, or a multipart answer whose parts are all 429. */
  readonly throttledBatch: 'whole' | 'parts';
  /** Whether every request may meet another web server, or every connection. The affinity cookie outranks both. */
  readonly balancing: 'per-request' | 'per-connection';
  /** How long a new custom API answers 404 as if it were not there yet, in milliseconds; rows know whole seconds. */
  readonly metadataDelayMs: number;
  /** Whether the rows of an expanded collection come with the rows of a set, or a link to them alone, as in older versions. */
  readonly expandedCollections: 'whole' | 'linked';
  /** Whether an update that names an immutable column is refused, or the column is passed over. */
  readonly immutableColumns: 'refused' | 'ignored';
  /**
   * Whether the message of a global custom API has a filter of its own, for the table `none`, and so shows in the
   * discovery query. Tools that register steps on unbound process actions report that those have none.
   */
  readonly globalApiHasFilter: boolean;
  /** `PrimaryEntityName` in the context of a global custom API. */
  readonly globalApiEntityName: string;
  /** `x-ms-dynamics-entity-name` of its webhooks; null leaves the header out. */
  readonly webhookEntityName: string | null;
  /** `content-type` of webhooks; whether it names a charset is open. */
  readonly webhookContentType: string;
  /** The value of `x-ms-dynamics-msg-size-exceeded`; documented is that the header is there. */
  readonly sizeExceededValue: string;
  /** Whether members removed for size are absent, or null. */
  readonly strippedMembers: 'absent' | 'null';
  /** `RequestId` of a context: the call's `x-ms-client-request-id` where it has one, always one of the platform's own, or null. */
  readonly contextRequestId: 'client' | 'platform' | 'null';
  /**
   * `ParentContext` of an asynchronous step: the main operation, as in the documentation's sample, or null, as a public
   * capture of a step of a custom API has it. With it, an event comes to the limit of size at half its length.
   */
  readonly contextParent: 'main-operation' | 'null';
  /** Whether contexts have `InitiatingUserAgent`: the sample does not, newer captures do. */
  readonly contextUserAgent: boolean;
}

export const DEFAULT_UNCONFIRMED_POINTS: UnconfirmedPoints = {
  unknownParameterCode: '0x80048d19',
  missingParameterCode: '0x80040203',
  batchTooLargeCode: '0x80040203',
  unauthorizedBody: '',
  numbersAsStrings: false,
  untypedEntityNeedsType: true,
  keepsNullParameters: false,
  concurrencyRetryAfterSeconds: 5,
  concurrencyClosesGate: true,
  retryAfterGrowth: 1.5,
  retryAfterGraceMs: 1000,
  maxRetryAfterSeconds: 300,
  throttledBatch: 'whole',
  balancing: 'per-request',
  metadataDelayMs: 0,
  expandedCollections: 'whole',
  immutableColumns: 'refused',
  globalApiHasFilter: true,
  globalApiEntityName: 'none',
  webhookEntityName: 'none',
  webhookContentType: 'application/json',
  sizeExceededValue: 'true',
  strippedMembers: 'absent',
  contextRequestId: 'client',
  contextParent: 'main-operation',
  contextUserAgent: true,
};
