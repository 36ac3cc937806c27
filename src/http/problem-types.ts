/** What a problem type says about itself: to programs by its status, to people by title and advice. */
export interface ProblemType {
  readonly status: number;
  readonly title: string;
  /** What the caller should do; shown in docs/problems.md. */
  readonly advice: string;
}

const AGAIN_WITH_SAME_KEY = 'Send the same request again with the same key';

/**
 * Every problem this gateway answers with. The slug ends the problem's `type` URI and never changes: programs decide
 * by it. A 4xx was not stored; after a 503 that says so, nothing was stored either.
 */
export const PROBLEM_TYPES = {
  'malformed-request': {
    status: 400,
    title: 'The request is not well-formed HTTP',
    advice: 'Repair the client: the URL, the headers or the framing of the body break the rules of HTTP.',
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not UTF-8 JSON',
    advice: 'Send a JSON document in UTF-8, without a byte order mark, nested at most 32 levels deep.',
  },
  'invalid-event': {
    status: 400,
    title: 'The event is not valid',
    advice: 'Repair what `errors` names, all of it; /v1/event-types/{name} has the JSON Schema and an example.',
  },
  'unknown-event-type': {
    status: 400,
    title: 'There is no such event type',
    advice:
      'Name one that GET /v1/event-types lists, `<Name>` or `<Name>.v<version>`, with or without a reverse-DNS prefix.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A query parameter is not valid',
    advice: 'Repair the query parameter that `detail` names.',
  },
  'range-too-large': {
    status: 400,
    title: 'The range is too large for one answer',
    advice: 'Ask for less at once, as `detail` says: fewer days, a single source, client or type.',
  },
  'invalid-request': {
    status: 400,
    title: 'The body of the request is not valid',
    advice: 'Repair what `errors` names, all of it; nothing was done.',
  },
  'malformed-context': {
    status: 400,
    title: 'The body is no RemoteExecutionContext',
    advice:
      'Let Dataverse call this address, and nobody else: it posts the context of an asynchronous step as JSON. A proxy ' +
      'between must pass the body on unchanged.',
  },
  'invalid-idempotency-key': {
    status: 400,
    title: 'The Idempotency-Key is not valid',
    advice: 'Send one key of 1 to 255 visible ASCII characters, or no such header: then the business key is used.',
  },
  unauthenticated: {
    status: 401,
    title: 'Credentials are missing or not valid',
    advice:
      'Send a valid API key as `Authorization: Bearer <key>` or `X-API-Key: <key>`, or a valid token as `Authorization: Bearer <token>`. What was revoked or has expired stays refused.',
  },
  'hook-unauthenticated': {
    status: 401,
    title: 'The caller does not prove to be Dataverse',
    advice:
      "Make the webhook's authentication in Dataverse say what HOOK_AUTH_FILE says, each header and each parameter once: " +
      '`dataverse apply --receiver <url> --write-secrets`, for without the latter a secret that is set stays as it is. ' +
      'API keys and tokens prove nothing here.',
  },
  forbidden: {
    status: 403,
    title: 'The client may not do this',
    advice: 'Ask an operator to grant the event type or the role that `detail` names.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    advice: 'Check the path. An event of another client is not found either.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'The method is not allowed here',
    advice: 'Use one of the methods that the `Allow` header lists.',
  },
  'request-timeout': {
    status: 408,
    title: 'The request took too long to arrive',
    advice: `${AGAIN_WITH_SAME_KEY}, faster.`,
  },
  'illegal-transition': {
    status: 409,
    title: 'The event cannot do this from its status',
    advice:
      'Read the event. Dead events are replayed, delivered ones with `force`; pending and dead ones are cancelled. What ' +
      'is being delivered ends within minutes: ask again then.',
  },
  'data-erased': {
    status: 409,
    title: 'The content of the event is gone',
    advice:
      'Retention cleared it or an operator erased it: there is nothing to send again. Its source has to publish anew.',
  },
  'payload-too-large': {
    status: 413,
    title: 'The event is too large',
    advice: 'An event is at most 64 KiB, so that Dataverse can hand it on whole. Send less, or send a reference.',
  },
  'context-too-large': {
    status: 413,
    title: 'The context is too large',
    advice: 'Nothing: Dataverse sends at most 256 KB, and 320 KiB are taken. Whatever sent this was not Dataverse.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is of a type that this endpoint does not take',
    advice:
      'Send one of the media types that `detail` names, `application/json` nearly everywhere, in UTF-8 and without Content-Encoding.',
  },
  'expectation-failed': {
    status: 417,
    title: 'The expectation cannot be met',
    advice: 'Send no `Expect` header other than `100-continue`.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The key was used before for another content',
    advice: 'A corrected event needs a key of its own. The event first sent under this key stays as it is.',
  },
  'rate-limited': {
    status: 429,
    title: 'The client sends more than it may',
    advice: `Nothing was stored. ${AGAIN_WITH_SAME_KEY} after Retry-After. \`RateLimit\` tells with every answer how much is left. Operators: \`clients rate\`.`,
  },
  'credentials-slowed': {
    status: 429,
    title: 'Too many credentials from this address were not valid',
    advice:
      'Repair the credential, as after `unauthenticated`; then no wait is needed. Valid ones from the same address are always served.',
  },
  'headers-too-large': {
    status: 431,
    title: 'The headers are too large',
    advice: 'Send at most 16 KiB of headers, request line included.',
  },
  'internal-error': {
    status: 500,
    title: 'The gateway failed',
    advice: `${AGAIN_WITH_SAME_KEY}: whether it was stored is not known. Tell the operators if it stays.`,
  },
  'storage-unavailable': {
    status: 503,
    title: 'Nothing was stored',
    advice: `${AGAIN_WITH_SAME_KEY} after Retry-After. Operators: the database is full or busy.`,
  },
  'storage-unknown': {
    status: 503,
    title: 'Whether it was stored is not known',
    advice: `${AGAIN_WITH_SAME_KEY} after Retry-After: it is stored once, whatever happened the first time.`,
  },
  'storage-full': {
    status: 503,
    title: 'There is no room for new events',
    advice: `Nothing was stored. ${AGAIN_WITH_SAME_KEY} after Retry-After. Operators: make room on the disk. Repeats are still answered.`,
  },
  'backlog-full': {
    status: 503,
    title: 'Too many events wait for delivery',
    advice: `Nothing was stored. ${AGAIN_WITH_SAME_KEY} after Retry-After. Operators: see which gate is closed, or raise BACKLOG_LIMIT. Repeats are still answered.`,
  },
  overloaded: {
    status: 503,
    title: 'The gateway has more to do than it can',
    advice: `Nothing was stored. ${AGAIN_WITH_SAME_KEY} after Retry-After, and with fewer requests at once.`,
  },
  'issuer-unavailable': {
    status: 503,
    title: 'The token cannot be checked',
    advice: `Nothing was stored. ${AGAIN_WITH_SAME_KEY} after Retry-After. Operators: the issuer of tokens cannot be asked now; API keys go on working.`,
  },
  'shutting-down': {
    status: 503,
    title: 'The gateway is stopping',
    advice: `${AGAIN_WITH_SAME_KEY} after Retry-After, on a new connection.`,
  },
} as const satisfies Record<string, ProblemType>;

/** The stable last part of a problem's `type`. */
export type ProblemSlug = keyof typeof PROBLEM_TYPES;
