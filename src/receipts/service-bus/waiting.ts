import type { Timers } from '../../kernel/timers.js';

/** Resolves after `ms`, or when the signal is aborted. */
export function waitFor(ms: number, timers: Timers, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const cancel = timers.after(ms, resolve);
  const aborted = () => resolve();
  signal.addEventListener('abort', aborted, { once: true });
  return promise.finally(() => {
    cancel();
    signal.removeEventListener('abort', aborted);
  });
}

/** Resolves when the work is over, with or without success, or after `ms`: then the work goes on alone. */
export async function within(ms: number, timers: Timers, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  const ended = work.catch(() => undefined).finally(() => over.abort());
  await Promise.race([ended, waitFor(ms, timers, over.signal)]);
}
