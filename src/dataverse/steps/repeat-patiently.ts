import axios, { AxiosError } from 'axios';
import axiosRetry from 'axios-retry';
import type { Step } from '../pipeline.js';
import type { Patience } from '../repeat/patience.js';
import type { Throttle } from '../repeat/throttle.js';
import { Tries } from '../repeat/tries.js';

const AGAIN = 'EREPEAT';

/**
 * Repeats a request until its answer is final, or the patience is used up; then the last answer counts. For requests
 * that no outbox repeats. axios-retry does it around the rest of the pipeline, so that each repeat has a valid token
 * and a time limit of its own, and is judged by its whole answer.
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
      // The tries limit themselves, by count and by time.
      retries: Number.POSITIVE_INFINITY,
      // A wait that is cancelled ends in another code.
      retryCondition: ({ code }) => code === AGAIN,
      retryDelay: () => tries.waitMs ?? 0,
      // axios needs no time limit: the pipeline limits each try.
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
