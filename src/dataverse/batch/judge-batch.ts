import type { AttemptReport, Outcome } from '../../delivery/destination.js';
import type { Answer } from '../answer.js';
import { classify } from '../classify.js';
import type { HttpResponse } from '../http/http-exchange.js';
import { boundaryIn, splitMultipart } from './multipart.js';
import { type PartAnswer, readPart } from './read-part.js';

/**
 * What the answer to a `$batch` of `count` operations means for each of them, in their order. Dataverse answers in the
 * order of the request, so the nth part belongs to the nth operation; further parts are ignored. An operation that the
 * answer does not decide is `uncertain`.
 */
export function judgeBatch(answer: Answer, count: number): readonly AttemptReport[] {
  const boundary = answer.kind === 'response' ? boundaryIn(answer.headers.get('content-type') ?? '') : null;
  if (answer.kind !== 'response' || boundary === null) return forAll(count, ofWhole(answer));
  const parts = splitMultipart(answer.body, boundary, count).map(readPart);
  if (parts.every((part) => part === null)) return forAll(count, ofWhole(answer));
  const mayMeanAll = count > 1 && parts.length === 1 && !isSuccess(answer.status);
  return Array.from({ length: count }, (_, index) => {
    const part = parts[index];
    if (part === undefined) return ofMissing(answer);
    if (part === null) return undecided(answer, 'its part of the answer cannot be read');
    const report = classify(ofPart(part, answer));
    return mayMeanAll ? { ...report, outcome: withoutBlame(report.outcome) } : report;
  });
}

function forAll(count: number, report: AttemptReport): readonly AttemptReport[] {
  return Array.from({ length: count }, () => report);
}

/** An answer without parts, or no answer: it means the same for every operation. */
function ofWhole(answer: Answer): AttemptReport {
  const report = classify(answer);
  if (answer.kind !== 'response') return report;
  if (report.outcome.kind === 'delivered') return undecided(answer, 'the answer is not one in parts');
  return { ...report, outcome: ofBatch(report), detail: `${report.detail}, of the batch as a whole` };
}

/** A failure of the whole batch is not the fault of an event or an event type. */
function ofBatch({ outcome, httpStatus }: AttemptReport): Outcome {
  switch (outcome.kind) {
    case 'forbidden':
    case 'misconfigured':
      return { ...outcome, scope: 'user' };
    case 'conflicted':
    case 'rejected':
      // With a status below 500 it was refused before anything ran.
      return { kind: (httpStatus ?? 0) < 500 ? 'transient' : 'uncertain' };
    default:
      return outcome;
  }
}

/**
 * A single failure after several operations were sent has two possible causes: the first operation failed on a server
 * that does not go on after that, or the batch itself was refused, for example with "Stream was not readable". Either
 * way the operation did not run. But the failure must neither end it nor close its type's gate, for it may not be its
 * fault.
 */
function withoutBlame(outcome: Outcome): Outcome {
  switch (outcome.kind) {
    case 'forbidden':
    case 'misconfigured':
    case 'conflicted':
    case 'rejected':
      return { kind: 'transient' };
    default:
      return outcome;
  }
}

/**
 * A server that stops because of a throttle or a token runs nothing after it; if it stops for another reason, nothing
 * is known.
 */
function ofMissing(answer: HttpResponse): AttemptReport {
  return answer.status === 401 || answer.status === 429
    ? ofWhole(answer)
    : undecided(answer, 'the answer holds no part for it');
}

function undecided(answer: HttpResponse, reason: string): AttemptReport {
  const { httpStatus, serviceRequestId, hints } = classify(answer);
  const detail = `HTTP ${httpStatus} of the batch, but ${reason}: may have been executed`;
  return { outcome: { kind: 'uncertain' }, httpStatus, errorCode: null, detail, serviceRequestId, hints };
}

/** The headers that a part may leave to the answer around it. */
const SHARED = new Set([
  'date',
  'x-ms-dop-hint',
  'x-ms-ratelimit-burst-remaining-xrm-requests',
  'x-ms-ratelimit-time-remaining-xrm-requests',
]);
const REQUEST_ID = 'x-ms-service-request-id';

function ofPart({ headers, ...part }: PartAnswer, around: HttpResponse): HttpResponse {
  const get = (given: string) => {
    const name = given.toLowerCase();
    const own = headers.get(name) ?? (name === REQUEST_ID ? headers.get('req_id') : undefined);
    return own ?? (SHARED.has(name) || name === REQUEST_ID ? around.headers.get(name) : null);
  };
  return { kind: 'response', ...part, headers: { get }, receivedAt: around.receivedAt };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
