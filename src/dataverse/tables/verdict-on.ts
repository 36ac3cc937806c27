import type { Answer, NotSent } from '../answer.js';
import { classify } from '../classify.js';
import { errorMessageIn } from '../error-body.js';
import type { HttpResponse } from '../http/http-exchange.js';
import { tokenFailureInWords } from '../token/token-failure-in-words.js';
import { DataverseRefusedError } from './dataverse-refused.error.js';
import { DataverseThrottledError } from './dataverse-throttled.error.js';
import { DataverseUnreachableError } from './dataverse-unreachable.error.js';
import type { TableRequest } from './table-request.js';

export type Verdict =
  | { readonly kind: 'succeeded'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly error: DataverseRefusedError | DataverseUnreachableError };

/** What the last answer to a request comes to. */
export function verdictOn(answer: Answer | NotSent, request: TableRequest): Verdict {
  const name = `${request.method} ${nameOf(request.path)}`;
  switch (answer.kind) {
    case 'not-sent':
      return unreachable(name, 'it was called off before it was sent', false);
    case 'no-token':
      return unreachable(name, tokenFailureInWords(answer), false);
    case 'failure': {
      const why = `${classify(answer).detail} (${answer.code})`;
      return unreachable(name, why, answer.stage === 'connected');
    }
    case 'response':
      return ofResponse(answer, name, request.secrets ?? []);
  }
}

function ofResponse(response: HttpResponse, name: string, secrets: readonly string[]): Verdict {
  const { outcome, httpStatus, errorCode, detail, serviceRequestId } = classify(response);
  switch (outcome.kind) {
    case 'delivered':
      return response.complete ? { kind: 'succeeded', response } : unreachable(name, 'its answer was cut off', true);
    case 'throttled':
      return throttled(name, `throttled for longer than there was time to wait (${detail})`, outcome.retryAfterMs);
    case 'transient':
    case 'unavailable':
      return unreachable(name, detail ?? 'it is away', true);
    case 'uncertain':
      if (!isVerdict(response)) return unreachable(name, detail ?? 'it did not say', true);
  }
  const error = new DataverseRefusedError({
    request: name,
    status: httpStatus ?? 0,
    code: errorCode,
    text: errorMessageIn(response.body, secrets),
    serviceRequestId,
  });
  return { kind: 'failed', error };
}

/** A 500 that came whole from Dataverse itself, whose transaction is rolled back then. */
function isVerdict({ status, complete, body }: HttpResponse): boolean {
  return status === 500 && complete && errorMessageIn(body) !== null;
}

/** Without the query, which may be long: `customapis(…)` says enough. */
function nameOf(path: string): string {
  return path.replace(/\?.*$/s, '');
}

function throttled(name: string, why: string, retryAfterMs: number | null): Verdict {
  return { kind: 'failed', error: new DataverseThrottledError(name, why, retryAfterMs) };
}

function unreachable(name: string, why: string, mayHaveRun: boolean): Verdict {
  return { kind: 'failed', error: new DataverseUnreachableError(name, why, mayHaveRun) };
}
