import axios, { AxiosError } from 'axios';
import axiosRetry from 'axios-retry';
import type { Step } from '../pipeline.js';
import type { Patience } from '../repeat/patience.js';
import type { Throttle } from '../repeat/throttle.js';
import { Tries } from '../repeat/tries.js';

const AGAIN = 'EREPEAT';

/**
 * Repeats a request until it has an answer that stands, or patience ends; then the last answer is the answer. For
 * requests that no outbox stands behind. axios-retry does it over the rest of the pipeline, so that each repeat has a
 * token that lasts and a time of its own, and is judged by its whole answer.
 */
export function repeatPatiently(patience: Patience, throttle: Throttle): Step {
  return async (request, next) => {
    const tries = new Tries(patience, throttle, request.repeatable ?? false);
    const client = axios.create({
      signal: request.signal,
      adapter: async (config) => {
        await tries.make(async () => {
          const answer = await next(request);
          request.onTry?.(answer);
          return answer;
        });
        if (tries.waitMs !== null) throw new AxiosError('to be repeated', AGAIN, config);
        return { data: null, status: 204, statusText: '', headers: {}, config };
      },
    });
    axiosRetry(client, {
      // The tries know when to stop, by count and by time.
      retries: Number.POSITIVE_INFINITY,
      // A wait that is called off ends in another code.
      retryCondition: ({ code }) => code === AGAIN,
      retryDelay: () => tries.waitMs ?? 0,
      // There is no time of axios's own: each try has its budget in the pipeline.
      shouldResetTimeout: true,
      onRetry: () => tries.begin(),
      onMaxRetryTimesExceeded: () => undefined,
      validateResponse: null,
    });
    try {
      await client.request({});
    } catch (error) {
      if (!request.signal.aborted) throw error;
    }
    return tries.answer;
  };
}
