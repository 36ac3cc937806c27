import type { HttpAnswer, HttpFailure, HttpResponse } from '../http/http-exchange.js';
import { retryAfterMs } from '../retry-after.js';
import type { NoToken } from './access-token.js';
import { ENTRA_CODES } from './entra-codes.js';

const WORD = /^[a-z_]{1,64}$/;

/**
 * Why the last answer of the `issuer`, named in words, gave no token. If it cannot be reached, fails (5xx) or answers
 * something that is not JSON (a proxy's page, say), the trouble is temporary; a 429 says when it ends and is no fault
 * of ours. Everything else is a refusal of this application user by Entra, which only a person can change.
 */
export function noTokenReason(answer: HttpAnswer, issuer: string): NoToken {
  return answer.kind === 'failure' ? unreachable(answer, issuer) : refused(answer, issuer);
}

function unreachable({ stage, code }: HttpFailure, issuer: string): NoToken {
  const unanswered = { kind: 'no-token', status: null, code } as const;
  switch (stage) {
    case 'unverified': {
      const detail = `at ${issuer} the certificate does not verify`;
      return { ...unanswered, outcome: { kind: 'misconfigured', scope: 'user' }, detail };
    }
    case 'connecting': {
      const detail = `there is no connection to ${issuer}`;
      return { ...unanswered, outcome: { kind: 'unavailable' }, detail, isUnconnected: true };
    }
    case 'connected':
      return { ...unanswered, outcome: { kind: 'unavailable' }, detail: `${issuer} does not answer` };
  }
}

function refused(response: HttpResponse, issuer: string): NoToken {
  const { status } = response;
  if (status === 429) {
    const wait = retryAfterMs(response.headers, response.receivedAt);
    // Entra's limit, not one of Dataverse's: a slower pace of calls would not change it.
    const outcome = { kind: 'throttled', retryAfterMs: wait, limit: 'token' } as const;
    return { kind: 'no-token', outcome, status, code: null, detail: `${issuer} throttles` };
  }
  const body = jsonObjectIn(response);
  if (status >= 500 || body === null) {
    const detail = body === null ? `${issuer} did not answer in JSON` : `${issuer} fails`;
    return { kind: 'no-token', outcome: { kind: 'unavailable' }, status, code: null, detail };
  }
  const code = entraCode(body);
  const meaning = ENTRA_CODES.get(code ?? '')?.meaning;
  const detail = `${issuer} gave this application user no token${meaning === undefined ? '' : `: ${meaning}`}`;
  return { kind: 'no-token', outcome: { kind: 'misconfigured', scope: 'user' }, status, code, detail };
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
