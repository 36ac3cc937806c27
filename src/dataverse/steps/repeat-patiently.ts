import axios, { AxiosError } from 'axios';
import axiosRetry from 'axios-retry';
import type { Answer, NotSent } from '../answer.js';
import type { Step } from '../pipeline.js';
import { decideRepeat, type RepeatDecision } from '../repeat/decide-repeat.js';
import type { Patience } from '../repeat/patience.js';

/**
 * Repeats a request until it has an answer that stands, or patience ends; then the last answer is the answer. For
 * requests that no outbox stands behind. axios-retry does it over the rest of the pipeline, so that each repeat has a
 * token that lasts and a time of its own, and is judged by its whole answer.
 */
export function repeatPatiently(patience: Patience): Step {
  return async (request, next) => {
    let answer: Answer | NotSent = { kind: 'not-sent' };
    let decision: RepeatDecision = { kind: 'final' };
    let waitedMs = 0;
    let repeats = 0;
    const client = axios.create({
      signal: request.signal,
      adapter: async (config) => {
        answer = await next(request);
        if (answer.kind !== 'not-sent') {
          const tried = { repeatable: request.repeatable ?? false, repeats, waitedMs };
          decision = decideRepeat(answer, tried, patience, Math.random());
          if (decision.kind === 'repeat') throw new AxiosError('to be repeated', 'EREPEAT', config);
        }
        return { data: null, status: 204, statusText: '', headers: {}, config };
      },
    });
    axiosRetry(client, {
      // The decision knows when to stop, by count and by time.
      retries: Number.POSITIVE_INFINITY,
      // A wait that is called off ends in another code.
      retryCondition: ({ code }) => code === 'EREPEAT',
      retryDelay: () => (decision.kind === 'repeat' ? decision.afterMs : 0),
      // There is no time of axios's own: each try has its budget in the pipeline.
      shouldResetTimeout: true,
      onRetry: () => {
        if (decision.kind !== 'repeat') return;
        patience.onWait?.({ ms: decision.afterMs, why: decision.why });
        waitedMs += decision.afterMs;
        repeats += 1;
      },
      onMaxRetryTimesExceeded: () => undefined,
      validateResponse: null,
    });
    try {
      await client.request({});
    } catch (error) {
      if (!request.signal.aborted) throw error;
    }
    return answer;
  };
}
