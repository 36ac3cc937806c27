import type { Step } from '../pipeline.js';

/**
 * The time limit of a whole attempt: waiting for a token, connecting, repeats and reading the answer. Dataverse itself
 * ends a call after two minutes, so with a lower limit some calls still run after their attempt ended.
 */
export function limitTime(timeoutMs: number): Step {
  return async (request, next) => {
    const { signal } = request;
    const controller = new AbortController();
    const end = () => controller.abort(signal.reason);
    const timeUp = () => controller.abort(new DOMException(`no answer within ${timeoutMs} ms`, 'TimeoutError'));
    const timer = setTimeout(timeUp, timeoutMs);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    try {
      return await next({ ...request, signal: controller.signal });
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    }
  };
}
