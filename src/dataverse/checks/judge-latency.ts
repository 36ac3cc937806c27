import type { Finding } from './check-step.js';

/** Above this a call spends most of its time on the way, in milliseconds. */
const FAR_MS = 1_000;

/** How long the cheapest call takes. `tookMs` holds at least one measurement. */
export function judgeLatency(tookMs: readonly number[]): Finding {
  const sorted = tookMs.toSorted((one, other) => one - other);
  const medianMs = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const figures = { medianMs, minMs: sorted[0] ?? 0, maxMs: sorted.at(-1) ?? 0, calls: sorted.length };
  const detail = `WhoAmI takes ${medianMs} ms, the median of ${sorted.length}`;
  if (medianMs < FAR_MS) return { result: 'ok', detail, figures };
  return {
    result: 'warning',
    detail,
    advice: 'That is far: run the gateway in the region of the environment.',
    figures,
  };
}
