import type { TargetHints } from '../../delivery/destination.js';
import type { Finding } from './check-step.js';

/**
 * Below this share of the documented 6000 requests and 20 minutes per five minutes, other programs are using the limits
 * up.
 */
const FEW_REQUESTS = 1_000;
const LITTLE_TIME_MS = 200_000;

/** What is left of the service protection limits for this user on the web server that answered. */
export function judgeLimits({ remainingRequests, remainingTimeMs, parallelism }: TargetHints): Finding {
  const figures = { remainingRequests, remainingTimeMs, recommendedParallelism: parallelism };
  if (remainingRequests === null && remainingTimeMs === null) {
    return { result: 'ok', detail: 'Dataverse says nothing about what is left of its limits', figures };
  }
  const requests = `${remainingRequests ?? 'an unknown number of'} requests`;
  const time = remainingTimeMs === null ? '' : ` and ${Math.round(remainingTimeMs / 1000)} s of execution time`;
  const parallel = parallelism === null ? '' : `; ${parallelism} calls at once are recommended`;
  const detail = `${requests}${time} are left of five minutes${parallel}`;
  const isScarce =
    (remainingRequests ?? FEW_REQUESTS) < FEW_REQUESTS || (remainingTimeMs ?? LITTLE_TIME_MS) < LITTLE_TIME_MS;
  if (!isScarce) return { result: 'ok', detail, figures };
  const advice =
    'Something else sends as this user. An application user of its own for the gateway, or several, have limits of their own.';
  return { result: 'warning', detail, advice, figures };
}
