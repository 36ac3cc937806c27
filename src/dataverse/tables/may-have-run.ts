import type { Answer, NotSent } from '../answer.js';
import { classify } from '../classify.js';
import { errorMessageIn } from '../error-body.js';
import type { HttpResponse } from '../http/http-exchange.js';

/** Whether a request may have been executed although its result does not say so. */
export function mayHaveRun(answer: Answer | NotSent): boolean {
  if (answer.kind === 'failure') return answer.stage === 'connected';
  if (answer.kind !== 'response') return false;
  switch (classify(answer).outcome.kind) {
    case 'delivered':
      return !answer.complete;
    case 'transient':
    case 'unavailable':
      return true;
    case 'uncertain':
      return !isVerdict(answer);
    default:
      return false;
  }
}

/** A 500 that came whole from Dataverse itself, whose transaction is rolled back then. */
function isVerdict({ status, complete, body }: HttpResponse): boolean {
  return status === 500 && complete && errorMessageIn(body) !== null;
}
