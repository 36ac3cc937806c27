/** What goes wrong. */
type FaultAction =
  /** Any HTTP answer: an outage, a redirect, an error of Dataverse. The body is `body`, else an OData error document. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** `error.code` of the OData error document, such as `0x80044150`. */
      readonly code?: string;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      /** Fills the body up to this many bytes with spaces. */
      readonly padTo?: number;
    }
  /** Only the delay. */
  | { readonly kind: 'delay' }
  /** No answer until `releaseHanging`, or until the client leaves. */
  | { readonly kind: 'hang' }
  /** The connection is reset. */
  | { readonly kind: 'reset' }
  /**
   * The status line of a success and less body than it announces; then the connection ends. Half the body is sent, or
   * this many whole parts of the answer to a `$batch`.
   */
  | { readonly kind: 'truncate'; readonly afterParts?: number }
  /** The bytes in place of an HTTP answer; then the connection ends. */
  | { readonly kind: 'raw'; readonly bytes: string }
  /** 401, as if the token had just expired. */
  | { readonly kind: 'expired-token' }
  /** A post to an endpoint is not sent, and its system job does not know. */
  | { readonly kind: 'drop' }
  /** A post to an endpoint is sent twice, as if Dataverse had lost track of the first. */
  | { readonly kind: 'twice' }
  /** 429 of one of the three limits. */
  | {
      readonly kind: 'throttle';
      readonly facet?: 'requests' | 'execution-time' | 'concurrency';
      /** 1 by default; null leaves the header out. */
      readonly retryAfterSeconds?: number | null;
    };

/** Which requests a fault strikes; a missing member matches every request. */
export interface FaultMatch {
  /**
   * `web-api`, the default, is everything but `token` (the token endpoint), `part` (one operation of a `$batch`) and
   * `post` (what the asynchronous service sends to endpoints).
   */
  readonly target?: 'web-api' | FaultSubject['target'];
  /** Unique name of a custom API. */
  readonly customApi?: string;
  /** Set name of a table, or the name of a function or action of the platform, such as `AddPrivilegesRole`. */
  readonly table?: string;
  /** The HTTP method, such as `PATCH`. */
  readonly method?: string;
  readonly clientId?: string;
  /** Text that the request's body contains, such as the id of an event. */
  readonly bodyContains?: string;
}

/** An order for a fault: which fault, for which requests, how often. */
export type Fault = FaultAction & {
  readonly match?: FaultMatch;
  /**
   * `before-commit`: nothing was executed. `after-commit`: the call was committed and its answer is lost or wrong. The
   * default is `before-commit`, for `truncate` `after-commit`.
   */
  readonly when?: 'before-commit' | 'after-commit';
  /** How long to wait before it happens. */
  readonly delayMs?: number;
  /** How many requests it strikes; 1 by default, null means until it is cleared. */
  readonly times?: number | null;
  /** Strikes only every nth matching request; 1 by default. */
  readonly every?: number;
};

/** A request as faults are matched against it. */
export interface FaultSubject {
  readonly target: 'call' | 'table' | 'batch' | 'who-am-i' | 'part' | 'token' | 'post';
  readonly customApi: string | null;
  readonly table: string | null;
  readonly method: string;
  readonly clientId: string | null;
  /** Read only where a fault asks for it. */
  readonly body: () => string;
}

/** Only a fault that names one of these targets strikes there. */
const OUTSIDE: readonly FaultSubject['target'][] = ['token', 'part', 'post'];

/** Whether a fault is meant for a request. */
export function matches(match: FaultMatch, subject: FaultSubject): boolean {
  const { target = 'web-api', customApi, table, method, clientId, bodyContains } = match;
  const hitsTarget = target === 'web-api' ? !OUTSIDE.includes(subject.target) : target === subject.target;
  return (
    hitsTarget &&
    (customApi === undefined || customApi === subject.customApi) &&
    (table === undefined || table === subject.table) &&
    (method === undefined || method === subject.method) &&
    (clientId === undefined || clientId === subject.clientId) &&
    (bodyContains === undefined || subject.body().includes(bodyContains))
  );
}

/** How often a fault strikes, and which requests. */
export type FaultAim = Pick<Fault, 'times' | 'match' | 'delayMs' | 'every'>;

/** The members of a fault besides its kind. */
export type FaultOfKind<K extends Fault['kind']> = Omit<Extract<Fault, { kind: K }>, 'kind'>;
