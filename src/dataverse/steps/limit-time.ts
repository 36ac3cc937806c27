import type { Step } from '../pipeline.js';

/**
 * The budget of a whole attempt: waiting for a token, connecting, repeats and reading the answer. Dataverse itself ends
 * a call after two minutes, so less than that leaves calls behind that may still run.
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
