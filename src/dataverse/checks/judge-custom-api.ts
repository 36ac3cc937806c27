import type { Answer, NotSent } from '../answer.js';
import { classify } from '../classify.js';
import { failureInWords } from '../http/failure-in-words.js';
import { isRow } from '../tables/table-row.js';
import { jsonObjectIn } from '../token/no-token-reason.js';
import { adviseOnSilence } from './advise-on-silence.js';
import type { Finding } from './check-step.js';

/**
 * Whether a custom API can be called, found out by GET without calling it: for the name of an action the answer is a
 * 404 without a code, for an unknown name a 404 with 0x8006088a. `lacking` is the privilege that it asks of its callers
 * and the user does not have.
 */
export function judgeCustomApi(answer: Answer | NotSent, lacking: string | null): Finding {
  if (answer.kind === 'not-sent') return { result: 'skipped', detail: 'it was called off' };
  const { httpStatus, errorCode, outcome } = classify(answer);
  if (httpStatus === 404 && errorCode === '0x8006088a') {
    return {
      result: 'failed',
      detail: 'there is no such custom API',
      advice:
        '`dataverse apply` makes it; if it stood there before, `dataverse verify` tells what to do first. Names are case-sensitive: compare DATAVERSE_PUBLISHER_PREFIX too.',
    };
  }
  if (answer.kind === 'response' && httpStatus === 404 && isWithoutCode(jsonObjectIn(answer)?.error)) {
    if (lacking === null) return { result: 'ok', detail: 'it can be called by name' };
    const advice = '`dataverse grant` adds it to the role of the gateway; or change what the custom API asks for.';
    return { result: 'failed', detail: `it is there, and asks its callers for ${lacking}`, advice };
  }
  if (outcome.kind === 'delivered') {
    return {
      result: 'failed',
      detail: 'it is a function, and events are actions',
      advice: 'What a custom API is cannot be changed: `dataverse plan` tells what stands in the way.',
    };
  }
  return {
    result: 'failed',
    detail: `it cannot be told whether it is there: ${whyUnknown(answer)}`,
    advice: adviseOnSilence(answer),
  };
}

function whyUnknown(answer: Answer): string {
  if (answer.kind === 'failure') return failureInWords(answer);
  const { detail, errorCode } = classify(answer);
  return `${detail ?? 'its answer says nothing'}${errorCode === null ? '' : ` (${errorCode})`}`;
}

function isWithoutCode(error: unknown): boolean {
  return isRow(error) && error.code === '';
}
