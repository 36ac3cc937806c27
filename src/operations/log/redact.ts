/** Members whose values never reach a log line, should a logged object ever have them; in lower case. */
const NAMES: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'apikey',
  'clientsecret',
  'client_secret',
  'clientassertion',
  'client_assertion',
  'accesstoken',
  'access_token',
  'token',
  'password',
  'secret',
  'databaseurl',
  'connectionstring',
  'hookauth',
  'data',
  'body',
  'rawbody',
  'parameters',
  'example',
]);

const CENSOR = '[redacted]';

/** Deeper than any line of ours; everything below is left out, circles included. */
const MAX_DEPTH = 4;

/**
 * A line without what must not be logged. pino's own redaction compiles paths: for this many names at this many levels
 * it took 157 us a line. This takes 1 to 2 us, and finds a name at any place.
 */
export function redact(line: Record<string, unknown>): Record<string, unknown> {
  return isPlain(line) ? line : (withoutSecrets(line, 1) as Record<string, unknown>);
}

/** Nearly every line is flat and has no such name: it needs no copy. */
function isPlain(line: Record<string, unknown>): boolean {
  for (const name in line) {
    if (NAMES.has(name.toLowerCase()) || isObject(line[name])) return false;
  }
  return true;
}

function withoutSecrets(value: object, depth: number): unknown {
  if (value instanceof Error) return value;
  if (depth > MAX_DEPTH) return '[left out]';
  if (Array.isArray(value))
    return value.map((item: unknown) => (isObject(item) ? withoutSecrets(item, depth + 1) : item));
  const clean: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    if (NAMES.has(name.toLowerCase())) clean[name] = CENSOR;
    else clean[name] = isObject(member) ? withoutSecrets(member, depth + 1) : member;
  }
  return clean;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
