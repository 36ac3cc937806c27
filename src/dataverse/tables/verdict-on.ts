import type { Outcome } from '../../delivery/destination.js';
import type { Answer, NotSent } from '../answer.js';
import { classify } from '../classify.js';
import { errorMessageIn } from '../error-body.js';
import { failureInWords } from '../http/failure-in-words.js';
import type { HttpResponse } from '../http/http-exchange.js';
import type { NoToken } from '../token/access-token.js';
import { ENTRA_CODES } from '../token/entra-codes.js';
import { tokenFailureInWords } from '../token/token-failure-in-words.js';
import { DataverseRefusedError } from './dataverse-refused.error.js';
import { DataverseThrottledError } from './dataverse-throttled.error.js';
import { DataverseUnreachableError } from './dataverse-unreachable.error.js';
import { mayHaveRun } from './may-have-run.js';
import { NoTokenError } from './no-token.error.js';
import type { TableRequest } from './table-request.js';

export type Verdict =
  | { readonly kind: 'succeeded'; readonly response: HttpResponse }
  | { readonly kind: 'failed'; readonly error: DataverseRefusedError | DataverseUnreachableError };

/** What the last answer to a request means. `isOpen`: one of the tries may have been executed. */
export function verdictOn(answer: Answer | NotSent, request: TableRequest, isOpen: boolean): Verdict {
  const failed = { name: `${request.method} ${nameOf(request.path)}`, isOpen };
  switch (answer.kind) {
    case 'not-sent':
      return unreachable(failed, 'it was called off before it was sent');
    case 'no-token':
      return { kind: 'failed', error: withoutToken(failed, answer) };
    case 'failure':
      return unreachable(failed, failureInWords(answer));
    case 'response':
      return ofResponse(answer, failed, request.secrets ?? []);
  }
}

type Throttled = Extract<Outcome, { readonly kind: 'throttled' }>;

/** The request by name, and whether it may have been executed. */
interface Failed {
  readonly name: string;
  readonly isOpen: boolean;
}

function ofResponse(response: HttpResponse, failed: Failed, secrets: readonly string[]): Verdict {
  const { outcome, httpStatus, errorCode, detail, serviceRequestId } = classify(response);
  switch (outcome.kind) {
    case 'delivered':
      return response.complete ? { kind: 'succeeded', response } : unreachable(failed, 'its answer was cut off');
    case 'throttled':
      return throttled(failed, `throttled for longer than there was time to wait (${detail})`, outcome);
    case 'transient':
    case 'unavailable':
      return unreachable(failed, detail ?? 'it is away');
    case 'uncertain':
      if (mayHaveRun(response)) return unreachable(failed, detail ?? 'it did not say');
  }
  const error = new DataverseRefusedError({
    request: failed.name,
    status: httpStatus ?? 0,
    code: errorCode,
    text: errorMessageIn(response.body, secrets),
    serviceRequestId,
  });
  return { kind: 'failed', error };
}

/** Without the query, which may be long: `customapis(…)` is enough. */
function nameOf(path: string): string {
  return path.replace(/\?.*$/s, '');
}

function throttled({ name, isOpen }: Failed, why: string, { retryAfterMs, limit }: Throttled): Verdict {
  const facts = { retryAfterMs, isOfUser: limit !== 'busy', mayHaveRun: isOpen };
  return { kind: 'failed', error: new DataverseThrottledError(name, why, facts) };
}

function withoutToken({ name, isOpen }: Failed, noToken: NoToken): NoTokenError {
  const isExplained = ENTRA_CODES.has(noToken.code ?? '');
  return new NoTokenError(name, tokenFailureInWords(noToken), { mayHaveRun: isOpen, isExplained });
}

function unreachable({ name, isOpen }: Failed, why: string): Verdict {
  return { kind: 'failed', error: new DataverseUnreachableError(name, why, isOpen) };
}
