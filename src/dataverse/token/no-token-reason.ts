import type { HttpAnswer, HttpFailure, HttpResponse } from '../http/http-exchange.js';
import { retryAfterMs } from '../retry-after.js';
import type { NoToken } from './access-token.js';

const WORD = /^[a-z_]{1,64}$/;

/**
 * Why the last answer on the way to a token gave none. Being away, failing (5xx) and answering something that is not
 * JSON (a proxy's page, say) pass by themselves; a 429 names its own end and is no fault of ours. Everything else is
 * Entra saying no to this application user, which only a person can change.
 */
export function noTokenReason(answer: HttpAnswer): NoToken {
  return answer.kind === 'failure' ? unreachable(answer) : refused(answer);
}

function unreachable({ stage, code }: HttpFailure): NoToken {
  if (stage === 'unverified') {
    const detail = "the token endpoint's certificate does not verify";
    return { kind: 'no-token', outcome: { kind: 'misconfigured', scope: 'user' }, status: null, code, detail };
  }
  return {
    kind: 'no-token',
    outcome: { kind: 'unavailable' },
    status: null,
    code,
    detail: 'the token endpoint is away',
  };
}

function refused(response: HttpResponse): NoToken {
  const { status } = response;
  if (status === 429) {
    const wait = retryAfterMs(response.headers, response.receivedAt);
    // Entra's limits, not one of Dataverse's: no pace of calls would change it.
    const outcome = { kind: 'throttled', retryAfterMs: wait, limit: 'token' } as const;
    return { kind: 'no-token', outcome, status, code: null, detail: 'the token endpoint throttles' };
  }
  const body = jsonObjectIn(response);
  if (status >= 500 || body === null) {
    const detail = body === null ? 'the token endpoint did not answer in JSON' : 'the token endpoint fails';
    return { kind: 'no-token', outcome: { kind: 'unavailable' }, status, code: null, detail };
  }
  const detail = 'the token endpoint gave this application user no token';
  return { kind: 'no-token', outcome: { kind: 'misconfigured', scope: 'user' }, status, code: entraCode(body), detail };
}

/** The body as an object, or null where it is anything else. */
export function jsonObjectIn(response: HttpResponse): Readonly<Record<string, unknown>> | null {
  if (!response.complete) return null;
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** AADSTS7000215 says more than invalid_client; both are constants of Entra, unlike `error_description`. */
function entraCode(body: Readonly<Record<string, unknown>>): string | null {
  const { error, error_codes: codes } = body;
  const [number] = Array.isArray(codes) ? codes : [];
  if (Number.isSafeInteger(number)) return `AADSTS${number}`;
  return typeof error === 'string' && WORD.test(error) ? error : null;
}
