import type { Answer } from '../answer.js';
import { classify } from '../classify.js';
import { failureInWords } from '../http/failure-in-words.js';
import { tokenFailureInWords } from '../token/token-failure-in-words.js';

/** Why a request is repeated later, in words. The issuer of tokens is named; every other cause is Dataverse's. */
export function whyWaiting(answer: Answer): string {
  switch (answer.kind) {
    case 'no-token':
      return tokenFailureInWords(answer);
    case 'failure':
      return failureInWords(answer);
    case 'response':
      return classify(answer).detail ?? 'the answer was cut off';
  }
}
