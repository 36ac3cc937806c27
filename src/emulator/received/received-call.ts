/** A JSON value in which every number stands as its literal text: `24.850` stays `24.850`. */
export type ExactJson = string | boolean | null | readonly ExactJson[] | { readonly [name: string]: ExactJson };

/** A custom API call that Dataverse committed: it raised its event, even if its caller never learned of it. */
export interface ReceivedCall {
  /** Counts up, also over restarts where there is a folder; never used twice. */
  readonly sequence: number;
  /** RFC 3339, UTC. */
  readonly receivedAt: string;
  /** The caller's client id. */
  readonly applicationUser: string;
  /** Unique name of the custom API. */
  readonly customApi: string;
  /** As sent; every number as its literal text. */
  readonly parameters: { readonly [name: string]: ExactJson };
  readonly rawBody: string;
  /** The `tag` of the query, which plug-ins find in SharedVariables; null without one. */
  readonly tag: string | null;
  /** Headers that tell where a call came from, lower case: see `KEPT_HEADERS`. */
  readonly headers: { readonly [name: string]: string };
  /** The `$batch` it travelled in, or null. */
  readonly batchId: string | null;
  /** Always true: refused calls are in the request log alone. */
  readonly committed: true;
  /** Which of the web servers took it, from 0. */
  readonly webServer: number;
}

/** Request headers that are kept with a call. */
export const KEPT_HEADERS: readonly string[] = [
  'traceparent',
  'tracestate',
  'x-ms-client-request-id',
  'x-ms-correlation-request-id',
  'user-agent',
  'callerobjectid',
  'mscrmcallerid',
  'mscrm.suppresscallbackregistrationexpanderjob',
  'mscrm.bypassbusinesslogicexecution',
];
