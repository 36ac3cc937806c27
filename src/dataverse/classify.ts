import type { AttemptReport, Outcome, ThrottleLimit } from '../delivery/destination.js';
import type { Answer } from './answer.js';
import { errorCodeIn } from './error-body.js';
import type { HttpFailure, HttpResponse } from './http/http-exchange.js';
import { KNOWN_CODES, USER_SHUT_OUT } from './known-codes.js';
import { retryAfterMs } from './retry-after.js';
import { targetHints } from './target-hints.js';
import type { NoToken } from './token/access-token.js';

/**
 * What an answer means for the attempt. Decided in this order: the transport, Dataverse's `error.code`, the HTTP
 * status; an unknown status counts like its class. Texts of messages are neither parsed nor passed on.
 */
export function classify(answer: Answer): AttemptReport {
  switch (answer.kind) {
    case 'no-token':
      return ofMissingToken(answer);
    case 'failure':
      return ofFailure(answer);
    case 'response':
      return ofResponse(answer);
  }
}

function ofMissingToken({ outcome, status, code, detail }: NoToken): AttemptReport {
  return { outcome, httpStatus: status, errorCode: code, detail, serviceRequestId: null, hints: null };
}

function ofFailure({ stage, code }: HttpFailure): AttemptReport {
  const report = { httpStatus: null, errorCode: code, serviceRequestId: null, hints: null };
  // Cut off by a shutdown: the attempt is over, and the application user is not to blame.
  if (code === 'ABORTED') return { ...report, outcome: { kind: 'uncertain' }, detail: 'cut off by a shutdown' };
  switch (stage) {
    case 'connecting':
      return { ...report, outcome: { kind: 'unavailable' }, detail: 'no connection: surely not executed' };
    case 'unverified': {
      const detail = "Dataverse's certificate does not verify: nothing was sent";
      return { ...report, outcome: { kind: 'misconfigured', scope: 'user' }, detail };
    }
    case 'connected':
      return {
        ...report,
        outcome: { kind: 'uncertain' },
        detail: 'no answer on an open connection: may have been executed',
      };
  }
}

function ofResponse(response: HttpResponse): AttemptReport {
  const { status, headers } = response;
  const errorCode = isSuccess(status) || !response.complete ? null : errorCodeIn(response.body);
  return {
    outcome: outcomeOf(response, errorCode),
    httpStatus: status,
    errorCode,
    detail: isSuccess(status) ? null : detailOf(response, errorCode),
    serviceRequestId: headers.get('x-ms-service-request-id') ?? headers.get('req_id'),
    hints: targetHints(headers),
  };
}

function outcomeOf(response: HttpResponse, errorCode: string | null): Outcome {
  // Before everything else: a success status decides even when the body is cut off.
  if (isSuccess(response.status)) return { kind: 'delivered' };
  const known = KNOWN_CODES.get(errorCode ?? '');
  if (known?.outcome === 'throttled') return throttled(response, known.limit);
  const kind = known?.outcome ?? null;
  return kind === null ? outcomeOfStatus(response, errorCode) : { kind };
}

function outcomeOfStatus(response: HttpResponse, errorCode: string | null): Outcome {
  switch (response.status) {
    case 401:
      return { kind: 'unauthorized' };
    case 403:
      return { kind: 'forbidden', scope: USER_SHUT_OUT.has(errorCode ?? '') ? 'user' : 'pair' };
    case 404:
    case 405:
    case 501:
      return { kind: 'misconfigured', scope: 'type' };
    case 408:
      return { kind: 'uncertain' };
    case 409:
    case 412:
    case 423:
    case 428:
      return { kind: 'conflicted' };
    case 425:
      return { kind: 'transient' };
    case 429:
      return throttled(response, 'other');
    case 503:
      return retryAfterOf(response) === null ? { kind: 'transient' } : throttled(response, 'busy');
    default:
      return outcomeOfClass(response);
  }
}

function outcomeOfClass({ status, complete }: HttpResponse): Outcome {
  if (status >= 300 && status < 400) return { kind: 'misconfigured', scope: 'type' };
  // Half an answer is not enough to give an event up: the other half may have held a code that allows a retry.
  if (status >= 400 && status < 500) return { kind: complete ? 'rejected' : 'uncertain' };
  // 500, 502, 504 and any other status that a proxy invents: the call may have been executed.
  return { kind: 'uncertain' };
}

function throttled(response: HttpResponse, limit: ThrottleLimit): Outcome {
  return { kind: 'throttled', retryAfterMs: retryAfterOf(response), limit };
}

function retryAfterOf({ headers, receivedAt }: HttpResponse): number | null {
  return retryAfterMs(headers, receivedAt);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function detailOf({ status, complete }: HttpResponse, errorCode: string | null): string {
  const meaning = KNOWN_CODES.get(errorCode ?? '')?.meaning;
  const cutOff = complete ? [] : ['the answer was cut off'];
  return [`HTTP ${status}`, ...(meaning === undefined ? [] : [meaning]), ...cutOff].join(', ');
}
