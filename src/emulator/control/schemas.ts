/** JSON Schemas of the control endpoint's requests; a misspelt property is an error, not a default. */

const text = { type: 'string', minLength: 1 } as const;
const guid = { type: 'string', pattern: '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' } as const;
const count = { type: 'integer', minimum: 1 } as const;
const countOrNone = { type: ['integer', 'null'], minimum: 1 } as const;
const milliseconds = { type: 'integer', minimum: 0 } as const;
/** The longest time a timer can wait. */
const wait = { ...milliseconds, maximum: 2_147_483_647 } as const;

function object(properties: Record<string, unknown>, required: readonly string[] = []) {
  return { type: 'object', additionalProperties: false, properties, required } as const;
}

export const LIMITS_SCHEMA = object({
  requests: countOrNone,
  executionTimeMs: countOrNone,
  concurrency: countOrNone,
  windowMs: count,
});

export const SETTINGS_SCHEMA = object({
  serverTimeMs: milliseconds,
  executionMs: milliseconds,
  dopHint: countOrNone,
  asyncDelayMs: wait,
  asyncConcurrency: count,
  webhookTimeoutMs: { ...wait, minimum: 1 },
  postponeMs: wait,
  postponeTries: count,
});

export const APPLICATION_USER_SCHEMA = object(
  {
    clientId: guid,
    clientSecret: text,
    certificates: { type: 'array', items: text },
    federatedCredentials: {
      type: 'array',
      items: object({ issuer: text, subject: text, audience: text }, ['issuer', 'subject']),
    },
    access: { enum: ['granted', 'no-application-user', 'no-roles'] },
  },
  ['clientId'],
);

const REQUEST_PARAMETER_SCHEMA = object(
  {
    uniqueName: text,
    displayName: { type: 'string' },
    description: { type: 'string' },
    type: { type: 'integer', minimum: 0, maximum: 12 },
    isOptional: { type: 'boolean' },
    logicalEntityName: { type: ['string', 'null'] },
  },
  ['uniqueName', 'type'],
);

export const CUSTOM_API_SCHEMA = object(
  {
    uniqueName: text,
    displayName: { type: 'string' },
    description: { type: 'string' },
    requestParameters: { type: 'array', items: REQUEST_PARAMETER_SCHEMA },
  },
  ['uniqueName', 'requestParameters'],
);

export const FAULT_SCHEMA = object(
  {
    kind: {
      enum: ['status', 'delay', 'hang', 'reset', 'truncate', 'raw', 'expired-token', 'throttle', 'drop', 'twice'],
    },
    status: { type: 'integer', minimum: 200, maximum: 599 },
    code: { type: 'string' },
    message: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    body: { type: 'string' },
    padTo: milliseconds,
    bytes: { type: 'string' },
    afterParts: milliseconds,
    facet: { enum: ['requests', 'execution-time', 'concurrency'] },
    retryAfterSeconds: { type: ['integer', 'null'], minimum: 0 },
    match: object({
      target: { enum: ['web-api', 'call', 'table', 'batch', 'who-am-i', 'part', 'token', 'post'] },
      customApi: text,
      table: text,
      method: text,
      clientId: text,
      bodyContains: text,
    }),
    when: { enum: ['before-commit', 'after-commit'] },
    delayMs: milliseconds,
    times: countOrNone,
    every: count,
  },
  ['kind'],
);

/** The table decides which columns exist; the contents of cells are checked where rows are written. */
export const ROW_SCHEMA = { type: 'object' } as const;

/** Origins to origins; which there may be is checked where routes are read. */
export const WEBHOOK_ROUTES_SCHEMA = { type: 'object', additionalProperties: { type: 'string' } } as const;

export const DEADLINE_SCHEMA = object({ deadlineMs: wait });

export const PAGE_SCHEMA = object({ after: milliseconds, limit: { type: 'integer', minimum: 1, maximum: 10_000 } });
